package words

import "golang.org/x/sys/windows"

// platformLanguage is the language of Windows' own windows and menus.
func platformLanguage() string {
	const names = 0x8 // MUI_LANGUAGE_NAME: zh-CN rather than a number
	list, err := windows.GetUserPreferredUILanguages(names)
	if err != nil || len(list) == 0 {
		return ""
	}
	return list[0]
}
