package ui

import (
	"os"
	"os/user"
	"path/filepath"
	"runtime"

	"taizhang/app/words"
)

// filePlace is a folder that people keep files in.
type filePlace struct{ name, path string }

// mostPlaces is how many places stand in one row.
const mostPlaces = 7

// filePlaces are the folders that are there: home, documents, desktop, and drives
// that can be taken out, which is where backups belong.
func filePlaces() []filePlace {
	list := []filePlace{{words.T("files.place.home"), homeFolder()}}
	list = append(list, underHome("files.place.documents", []string{"Documents", "文档", "文檔", "文件"})...)
	list = append(list, underHome("files.place.desktop", []string{"Desktop", "桌面"})...)
	list = append(list, drivePlaces()...)
	return list[:min(len(list), mostPlaces)]
}

// underHome is the first of the names that is a folder of the person's.
func underHome(key string, names []string) []filePlace {
	for _, name := range names {
		if path := filepath.Join(homeFolder(), name); isFolder(path) {
			return []filePlace{{words.T(key), path}}
		}
	}
	return nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// drivePlaces are drives that can be taken out; on Windows all, by their letters.
func drivePlaces() []filePlace {
	var list []filePlace
	add := func(pattern string) {
		paths, _ := filepath.Glob(pattern) // fails only on a bad pattern
		for _, path := range paths {
			if isFolder(path) {
				list = append(list, filePlace{filepath.Base(path), path})
			}
		}
	}
	switch runtime.GOOS {
	case "windows":
		for letter := 'C'; letter <= 'Z'; letter++ {
			if path := string(letter) + `:\`; isFolder(path) {
				list = append(list, filePlace{string(letter) + ":", path})
			}
		}
	case "darwin":
		add("/Volumes/*")
	default:
		if u, err := user.Current(); err == nil {
			add(filepath.Join("/media", u.Username, "*"))
			add(filepath.Join("/run/media", u.Username, "*"))
		}
	}
	return list
}
