package main
import (
 _ "fyne.io/fyne/v2/app"
 _ "fyne.io/fyne/v2/widget"
 _ "fyne.io/fyne/v2/test"
 _ "github.com/mattn/go-sqlite3"
 _ "github.com/xuri/excelize/v2"
 _ "github.com/fsnotify/fsnotify"
 _ "pgregory.net/rapid"
 _ "github.com/rogpeppe/go-internal/testscript"
 _ "github.com/mozillazg/go-pinyin"
 _ "github.com/gofrs/flock"
 _ "golang.org/x/text/encoding/simplifiedchinese"
)
func main(){}
