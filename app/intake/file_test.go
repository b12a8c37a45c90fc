package intake

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"taizhang/app/ledger"
)

const line = "张贴公告４１５８份，發現問題3个。"

func inFile(t *testing.T, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func utf16Bytes(order binary.ByteOrder, text string) []byte {
	var b bytes.Buffer
	for _, unit := range append([]uint16{0xfeff}, utf16.Encode([]rune(text))...) {
		_ = binary.Write(&b, order, unit)
	}
	return b.Bytes()
}

func TestReadFileKnowsEncodings(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(line)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"UTF-8":              []byte(line),
		"UTF-8 with a mark":  []byte("\ufeff" + line),
		"GB18030":            []byte(gb),
		"UTF-16":             utf16Bytes(binary.LittleEndian, line),
		"UTF-16, big endian": utf16Bytes(binary.BigEndian, line),
	} {
		if text, err := ReadFile(inFile(t, content)); err != nil || text != line {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

func docxOf(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadFileReadsWord(t *testing.T) {
	text, err := ReadFile(inFile(t, docxOf(t, map[string]string{"word/document.xml": `<w:document xmlns:w="w" xmlns:mc="mc"><w:body>
		<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>悬挂横幅</w:t></w:r><w:del><w:r><w:delText>3</w:delText></w:r></w:del><w:r><w:t>12条</w:t></w:r></w:p>
		<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>海报9张</w:t></mc:Choice><mc:Fallback><w:t>海报9张</w:t></mc:Fallback></mc:AlternateContent><w:br/><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>
		<w:tbl><w:tr><w:tc><w:p><w:r><w:t>宣传</w:t></w:r></w:p><w:p><w:r><w:t>单</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>300份</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
		</w:body></w:document>`})))
	if want := "悬挂横幅12条\n海报9张\n甲\t乙\n宣传单\t300份\t\n"; err != nil || text != want {
		t.Errorf("%q, %v; want %q", text, err, want)
	}
}

func TestReadFileRefuses(t *testing.T) {
	document := func(text string) []byte { return docxOf(t, map[string]string{"word/document.xml": text}) }
	for name, c := range map[string]struct {
		content []byte
		code    ledger.Code
	}{
		"nothing":           {nil, ledger.CodeIntakeEmpty},
		"only spaces":       {[]byte(" \r\n\t　"), ledger.CodeIntakeEmpty},
		"a picture":         {[]byte("\x89PNG\r\n\x1a\n\x00\x00"), ledger.CodeIntakeNotText},
		"a program":         {[]byte("\x7fELF\x02\x01\x01\x00\x00"), ledger.CodeIntakeNotText},
		"half of UTF-16":    {[]byte("\xff\xfe1"), ledger.CodeIntakeNotText},
		"an old document":   {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1…"), ledger.CodeIntakeOldWord},
		"an empty archive":  {[]byte("PK\x05\x06" + strings.Repeat("\x00", 18)), ledger.CodeIntakeDocx},
		"a cut archive":     {document("<document/>")[:40], ledger.CodeIntakeDocx},
		"another archive":   {docxOf(t, map[string]string{"xl/workbook.xml": "<workbook/>"}), ledger.CodeIntakeDocx},
		"no XML":            {document("横幅12条"), ledger.CodeIntakeDocx},
		"cut XML":           {document("<document><body><p><t>横幅12条"), ledger.CodeIntakeDocx},
		"another root":      {document("<html><t>横幅12条</t></html>"), ledger.CodeIntakeDocx},
		"elements too deep": {document("<document>" + strings.Repeat("<p>", 5000) + "</document>"), ledger.CodeIntakeDocx},
		"a document that swells": {document("<document><p><t>" + strings.Repeat("1份", 2<<20) + "</t></p></document>"),
			ledger.CodeIntakeDocx},
		"more text than is read": {bytes.Repeat([]byte("12345678\n"), MaxText/9+1), ledger.CodeIntakeTooBig},
	} {
		if text, err := ReadFile(inFile(t, c.content)); ledger.CodeOf(err) != c.code || text != "" {
			t.Errorf("%s: %q, %v; want %s", name, text, err, c.code)
		}
	}
	if _, err := ReadFile(t.TempDir()); ledger.CodeOf(err) != ledger.CodeIntakeMissing {
		t.Errorf("a folder: %v", err)
	}
}

// FuzzReadFile: whatever a file holds, it is read or refused.
func FuzzReadFile(f *testing.F) {
	f.Add([]byte(line))
	f.Add(utf16Bytes(binary.LittleEndian, line))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if text, code := decode(content); code != "" && text != "" {
			t.Fatalf("%s with %q", code, text)
		}
		d := &docxText{xml: xml.NewDecoder(bytes.NewReader(content))}
		_ = d.read() // must not panic
	})
}
