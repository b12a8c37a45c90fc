//go:build !windows

package words

// platformLanguage is empty: elsewhere the environment says it all.
func platformLanguage() string { return "" }
