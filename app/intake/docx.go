package intake

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"taizhang/app/ledger"
)

// The bounds of a Word document. The text of a long report with its marks is 2
// or 3 MB and shrinks to a twentieth; what exceeds these was made to swell.
const (
	maxDocument = 64 << 20 // bytes of word/document.xml, unpacked
	maxRatio    = 200      // unpacked to packed, beyond the first MB
	maxNesting  = 200      // elements within elements
	maxParts    = 10_000   // files in the archive
)

// errDocx is any reason for which a document is not read.
var errDocx = errors.New("no readable Word document")

// docx reads the text of a Word document: a line for each paragraph and row of
// a table, whose cells are parted by tabs. Deleted text, notes, headers and
// fields' codes are left out.
func docx(content []byte) (string, ledger.Code) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil || len(archive.File) > maxParts {
		return "", ledger.CodeIntakeDocx
	}
	for _, f := range archive.File {
		if f.Name != "word/document.xml" {
			continue
		}
		if text, err := document(f); err == nil {
			return text, ""
		}
		break
	}
	return "", ledger.CodeIntakeDocx
}

// document reads word/document.xml. The sizes that the archive states are not
// believed: what is read is bounded.
func document(f *zip.File) (string, error) {
	most := uint64(maxDocument)
	if bound := f.CompressedSize64 * maxRatio; bound < most {
		most = max(bound, 1<<20)
	}
	part, err := f.Open()
	if err != nil {
		return "", err
	}
	defer part.Close()
	bounded := &io.LimitedReader{R: part, N: int64(most) + 1}
	d := &docxText{xml: xml.NewDecoder(bounded)}
	err = d.read()
	if bounded.N == 0 {
		return "", errDocx
	}
	return d.text.String(), err
}

// docxText collects the text of a document.
type docxText struct {
	xml   *xml.Decoder
	text  strings.Builder
	open  []string
	cells int // how many cells of tables are open
}

func (d *docxText) read() error {
	for {
		t, err := d.xml.Token()
		if errors.Is(err, io.EOF) && len(d.open) == 0 && d.text.Len() > 0 {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := d.start(t.Name.Local); err != nil {
				return err
			}
		case xml.EndElement:
			d.end(t.Name.Local)
		case xml.CharData:
			if n := len(d.open); n > 0 && d.open[n-1] == "t" {
				d.text.Write(t)
			}
		}
	}
}

func (d *docxText) start(name string) error {
	switch name {
	case "Fallback", "del", "moveFrom":
		// What Fallback holds stands before it already; the others are no longer in the text.
		return d.xml.Skip()
	case "tab":
		if !d.within("tabs") {
			d.text.WriteByte('\t')
		}
	case "br", "cr":
		d.text.WriteByte('\n')
	case "tc":
		d.cells++
	case "document":
		if len(d.open) > 0 {
			return errDocx
		}
	}
	if len(d.open) == 0 && name != "document" || len(d.open) >= maxNesting {
		return errDocx
	}
	d.open = append(d.open, name)
	return nil
}

func (d *docxText) end(name string) {
	d.open = d.open[:max(len(d.open)-1, 0)]
	switch name {
	case "p":
		if d.cells == 0 {
			d.text.WriteByte('\n')
		}
	case "tc":
		d.cells--
		d.text.WriteByte('\t')
	case "tr":
		d.text.WriteByte('\n')
	}
}

func (d *docxText) within(name string) bool {
	return len(d.open) > 0 && d.open[len(d.open)-1] == name
}
