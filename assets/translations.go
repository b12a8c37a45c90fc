package assets

import "embed"

// Translations holds translations/<language>/<area>.json: flat maps from a key
// to its text. Package words reads them.
//
//go:embed translations
var Translations embed.FS
