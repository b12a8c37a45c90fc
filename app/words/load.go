package words

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"

	"taizhang/assets"
)

// load reads a language's texts. They are part of the program and a test reads
// them all, so a broken file is a programming error and panics.
func load(l Language) table {
	switch l {
	case Simplified, Traditional, English:
	default:
		l = Simplified
	}
	t := table{language: l, texts: map[string]template{}}
	raw, err := read(l)
	if err != nil {
		panic(err)
	}
	for key, text := range raw {
		t.texts[key] = parseTemplate(text)
	}
	return t
}

// read joins the area files of a language.
func read(l Language) (map[string]string, error) {
	files, err := fs.Glob(assets.Translations, path.Join("translations", string(l), "*.json"))
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, file := range files {
		data, err := assets.Translations.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var area map[string]string
		if err := json.Unmarshal(data, &area); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for key, text := range area {
			if _, twice := all[key]; twice {
				return nil, fmt.Errorf("%s: key %q is in another file too", file, key)
			}
			all[key] = text
		}
	}
	return all, nil
}
