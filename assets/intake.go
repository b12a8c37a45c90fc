package assets

import "embed"

// Intake holds intake/*.txt: the words, measure words and characters by which
// package intake reads reports. Each file says at its top how it is written.
//
//go:embed intake
var Intake embed.FS
