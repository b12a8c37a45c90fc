package intake

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"taizhang/app/ledger"
)

// MaxFile is the largest file that is opened, in bytes. Reports with pictures
// stay far below it.
const MaxFile = 64 << 20

// ReadFile reads the text of a report: plain text in UTF-8, UTF-16 or GB18030,
// or a Word document (.docx), whose tables come as lines with tabs. What the
// file is, its content says, not its name.
//
// It returns an *ledger.Error with CodeIntakeMissing, CodeIntakeTooBig,
// CodeIntakeEmpty, CodeIntakeOldWord (.doc, .wps), CodeIntakeDocx (damaged, no
// Word document, or one made to swell) or CodeIntakeNotText.
func ReadFile(path string) (string, error) {
	s, err := ReadSource(path)
	return s.Text, err
}

// ReadSource is ReadFile with what a batch keeps of the file.
func ReadSource(path string) (Source, error) {
	content, err := readBounded(path)
	if err != nil {
		return Source{}, err
	}
	text, code := decode(content)
	if code == "" && len(bytes.TrimSpace([]byte(text))) == 0 {
		code = ledger.CodeIntakeEmpty
	}
	if code == "" && utf8.RuneCountInString(text) > MaxText {
		return Source{}, ledger.Refuse(ledger.CodeIntakeTooBig, "path", path, "max", int64(MaxText))
	}
	if code != "" {
		return Source{}, ledger.Refuse(code, "path", path)
	}
	return Source{Name: filepath.Base(path), Hash: sha256.Sum256(content), Text: text}, nil
}

func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, ledger.Refuse(ledger.CodeIntakeMissing, "path", path).Because(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		// A folder, or a device that never ends.
		return nil, ledger.Refuse(ledger.CodeIntakeMissing, "path", path).Because(errors.Join(err, errors.New("no regular file")))
	}
	content, err := io.ReadAll(io.LimitReader(f, MaxFile+1))
	if err != nil {
		return nil, ledger.Refuse(ledger.CodeIntakeMissing, "path", path).Because(err)
	}
	if len(content) > MaxFile {
		return nil, ledger.Refuse(ledger.CodeIntakeTooBig, "path", path, "max", int64(MaxText))
	}
	return content, nil
}

// oldWord begins the files of Word before 2007, and of WPS.
var oldWord = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

// decode finds out what content is; code is "" when text holds it.
func decode(content []byte) (text string, code ledger.Code) {
	switch {
	case len(content) == 0:
		return "", ledger.CodeIntakeEmpty
	case bytes.HasPrefix(content, []byte("PK\x03\x04")), bytes.HasPrefix(content, []byte("PK\x05\x06")):
		return docx(content)
	case bytes.HasPrefix(content, oldWord):
		return "", ledger.CodeIntakeOldWord
	case bytes.HasPrefix(content, []byte("\xff\xfe")):
		return fromUTF16(content[2:], 0)
	case bytes.HasPrefix(content, []byte("\xfe\xff")):
		return fromUTF16(content[2:], 1)
	}
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))
	if utf8.Valid(content) {
		return readable(string(content))
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().String(string(content))
	if err != nil || bytes.ContainsRune([]byte(text), utf8.RuneError) {
		return "", ledger.CodeIntakeNotText
	}
	return readable(text)
}

// fromUTF16 decodes pairs of bytes whose low one stands at the given place.
func fromUTF16(content []byte, low int) (string, ledger.Code) {
	if len(content)%2 != 0 {
		return "", ledger.CodeIntakeNotText
	}
	units := make([]uint16, len(content)/2)
	for i := range units {
		units[i] = uint16(content[2*i+low]) | uint16(content[2*i+1-low])<<8
	}
	return readable(string(utf16.Decode(units)))
}

// readable refuses what holds characters that no text has: pictures and
// programs happen to be valid now and then, but never without these.
func readable(text string) (string, ledger.Code) {
	if bytes.HasPrefix([]byte(text), []byte("%PDF-")) {
		return "", ledger.CodeIntakeNotText
	}
	for _, r := range text {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\v' || r == 0x7f {
			return "", ledger.CodeIntakeNotText
		}
	}
	return text, ""
}
