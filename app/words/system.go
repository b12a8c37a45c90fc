package words

import (
	"os"
	"strings"
)

// System is the language of the person's session: TAIZHANG_LANG, then the
// system's own setting. Without any, and in the C locale, it is Simplified; for
// a language the program does not speak it is English.
func System() Language {
	for _, name := range []string{"TAIZHANG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			return language(v)
		}
	}
	return language(platformLanguage())
}

// Parse reads a language as a person or a setting names it; ok is false when the
// program does not speak it.
func Parse(s string) (l Language, ok bool) {
	tag := tidy(s)
	switch {
	case tag == "en" || strings.HasPrefix(tag, "en-"):
		return English, true
	case tag == "zh-hant", strings.HasPrefix(tag, "zh-hant-"),
		strings.HasPrefix(tag, "zh-tw"), strings.HasPrefix(tag, "zh-hk"), strings.HasPrefix(tag, "zh-mo"):
		return Traditional, true
	case tag == "zh" || strings.HasPrefix(tag, "zh-"):
		return Simplified, true
	}
	return "", false
}

// tidy turns zh_TW.UTF-8 and zh_CN@pinyin into zh-tw and zh-cn.
func tidy(s string) string {
	s, _, _ = strings.Cut(s, ".")
	s, _, _ = strings.Cut(s, "@")
	return strings.ToLower(strings.ReplaceAll(s, "_", "-"))
}

func language(s string) Language {
	switch tidy(s) {
	case "", "c", "posix":
		return Simplified
	}
	if l, ok := Parse(s); ok {
		return l
	}
	return English
}
