package intake

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path"
	"strconv"
	"strings"
)

// This file reads workbooks itself rather than with excelize, which passes over
// damage in a sheet, so that its rows would end early and nobody be told; which
// holds a whole sheet to know its merged cells; and which believes what an archive
// says of its sizes.

// The bounds of what a workbook unpacks to.
const (
	maxSheet   = 1 << 30   // bytes of a sheet, and of all of them
	maxStrings = 256 << 20 // bytes of the texts that its sheets share
	maxSmall   = 16 << 20  // bytes of any other part
	freely     = 16 << 20  // bytes that any part may unpack to, however well it was packed
	maxShared  = 5_000_000 // texts that its sheets share
)

// xlsx is a workbook.
type xlsx struct {
	file   *os.File
	sheets []*zip.File
	shared []string
	from04 bool // days are counted from 1904
}

// holdsWorkbook reports whether a file is an archive with a workbook in it.
func holdsWorkbook(name string) bool {
	z, err := zip.OpenReader(name)
	if err != nil {
		return false
	}
	defer z.Close()
	for _, f := range z.File {
		if strings.EqualFold(f.Name, "xl/workbook.xml") {
			return true
		}
	}
	return false
}

func openXLSX(f *os.File, size int64) (*xlsx, []string, error) {
	archive, err := zip.NewReader(f, size)
	if err != nil || len(archive.File) > maxParts {
		return nil, nil, errBook
	}
	parts := map[string]*zip.File{}
	for _, part := range archive.File {
		parts[strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/"))] = part
	}
	x := &xlsx{file: f}
	names, err := x.index(parts)
	if err != nil {
		return nil, nil, err
	}
	if strings := parts["xl/sharedstrings.xml"]; strings != nil {
		err = x.readShared(strings)
	}
	return x, names, err
}

func (x *xlsx) epoch1904() bool { return x.from04 }

func (x *xlsx) Close() error { return x.file.Close() }

// unpack opens a part. It ends with errSwollen when there is more than most bytes of
// it, or far more than was packed.
func unpack(part *zip.File, most uint64) (*unpacked, error) {
	if bound := part.CompressedSize64 * maxRatio; bound < most {
		most = min(most, max(bound, freely))
	}
	if part.UncompressedSize64 > most {
		return nil, errSwollen
	}
	r, err := part.Open()
	if err != nil {
		return nil, err
	}
	return &unpacked{ReadCloser: r, left: int64(most)}, nil
}

// unpacked is a part whose size is not believed.
type unpacked struct {
	io.ReadCloser
	left  int64
	done  int64
	token int64 // read since the last token began
}

// maxToken bounds a text or a tag, in bytes: the decoder holds it whole.
const maxToken = 4 << 20

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.ReadCloser.Read(p)
	u.done += int64(n)
	u.token += int64(n)
	switch {
	case u.done > u.left:
		return n, errSwollen
	case u.token > maxToken:
		return n, errBook
	}
	return n, err
}

// tokens reads the XML of a part.
type tokens struct {
	*xml.Decoder
	part *unpacked
}

func newTokens(part *unpacked, r io.Reader) *tokens { return &tokens{xml.NewDecoder(r), part} }

// Token is the decoder's, of bounded length.
func (t *tokens) Token() (xml.Token, error) { t.part.token = 0; return t.Decoder.Token() }

// RawToken is the decoder's, of bounded length.
func (t *tokens) RawToken() (xml.Token, error) { t.part.token = 0; return t.Decoder.RawToken() }

// eachElement calls start with each element of a part, and its decoder just behind
// the element's begin; skipped tells that start has read it to its end.
func eachElement(part *zip.File, most uint64, start func(*tokens, xml.StartElement) (skipped bool, err error)) error {
	r, err := unpack(part, most)
	if err != nil {
		return err
	}
	defer r.Close()
	d := newTokens(r, r)
	return walkXML(d, func(e xml.StartElement) (bool, error) { return start(d, e) }, func(string) error { return nil })
}

// walkXML goes once over a whole document. One that ends early, or whose elements are
// nested deeper than those of any workbook, is damaged.
func walkXML(d *tokens, start func(xml.StartElement) (skipped bool, err error), end func(name string) error) error {
	depth, roots := 0, 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) && depth == 0 && roots > 0 {
			return nil
		}
		if err != nil {
			return because(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if roots++; depth >= maxNesting {
				return errBook
			}
			skipped, err := start(t)
			if err != nil {
				return because(err)
			}
			if !skipped {
				depth++
			}
		case xml.EndElement:
			depth--
			if err := end(t.Name.Local); err != nil {
				return err
			}
		}
	}
}

// because keeps what an error says of sizes; all else is damage.
func because(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errBook
	}
	return err
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// index finds the sheets of the workbook in their order, and from when it counts
// days.
func (x *xlsx) index(parts map[string]*zip.File) (names []string, err error) {
	book, relations := parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"]
	if book == nil || relations == nil {
		return nil, errBook
	}
	targets := map[string]string{}
	err = eachElement(relations, maxSmall, func(_ *tokens, e xml.StartElement) (bool, error) {
		if e.Name.Local == "Relationship" && strings.HasSuffix(attribute(e, "Type"), "/worksheet") {
			targets[attribute(e, "Id")] = attribute(e, "Target")
		}
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	err = eachElement(book, maxSmall, func(_ *tokens, e xml.StartElement) (bool, error) {
		switch e.Name.Local {
		case "workbookPr":
			on := attribute(e, "date1904")
			x.from04 = on == "1" || on == "true"
		case "sheet":
			target, ok := targets[relationOf(e)]
			if !ok {
				return false, nil // a chart or a dialog
			}
			part := parts[strings.ToLower(partName(target))]
			if part == nil {
				return false, errBook
			}
			x.sheets, names = append(x.sheets, part), append(names, attribute(e, "name"))
		}
		return false, nil
	})
	size := uint64(0)
	for _, part := range x.sheets {
		size += part.UncompressedSize64
	}
	switch {
	case err == nil && len(names) == 0:
		err = errBook
	case err == nil && size > maxSheet:
		err = errSwollen
	}
	return names, err
}

// relationOf is the r:id of a sheet; its own id is another attribute.
func relationOf(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func partName(target string) string {
	if rest, ok := strings.CutPrefix(target, "/"); ok {
		return rest
	}
	return path.Join("xl", target)
}

// readShared reads the texts that the sheets share.
func (x *xlsx) readShared(part *zip.File) error {
	return eachElement(part, maxStrings, func(d *tokens, e xml.StartElement) (bool, error) {
		if e.Name.Local != "si" {
			return false, nil
		}
		if len(x.shared) >= maxShared {
			return false, errSwollen
		}
		text, err := richText(d)
		x.shared = append(x.shared, text)
		return true, err
	})
}

// richText is the text of the element that has just begun, in as many pieces as its
// typefaces make of it, without the readings above Japanese characters.
func richText(d *tokens) (string, error) {
	var b strings.Builder
	depth, in := 0, false
	for {
		t, err := d.Token()
		if err != nil {
			return "", because(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "rPh" {
				if err := d.Skip(); err != nil {
					return "", because(err)
				}
				continue
			}
			if depth++; depth > maxNesting {
				return "", errBook
			}
			in = t.Name.Local == "t"
		case xml.EndElement:
			if depth == 0 {
				text, ok := tidyCell(b.String())
				if !ok {
					return "", errBook
				}
				return text, nil
			}
			depth--
			in = false
		case xml.CharData:
			if in {
				b.Write(t)
			}
		}
	}
}

func (x *xlsx) rows(ctx context.Context, sheet int, progress func(done, all int64), visit func(SheetRow) error) error {
	merges, err := mergesOf(ctx, x.sheets[sheet])
	if err != nil {
		return err
	}
	r, err := unpack(x.sheets[sheet], maxSheet)
	if err != nil {
		return err
	}
	defer r.Close()
	s := &sheetReader{xlsx: x, ctx: ctx, xml: newTokens(r, r), merges: merges, visit: visit,
		progress: func() { progress(r.done, int64(x.sheets[sheet].UncompressedSize64)) }}
	return s.read()
}

// columnOf reads the column and the row out of C14; ok is false for what is no cell.
func columnOf(name string) (column, row int, ok bool) {
	i := 0
	for ; i < len(name) && name[i] >= 'A' && name[i] <= 'Z'; i++ {
		if column = column*26 + int(name[i]-'A') + 1; column > 1<<14 {
			return 0, 0, false
		}
	}
	row, err := strconv.Atoi(name[i:])
	return column - 1, row, i > 0 && err == nil && row > 0 && row <= 1<<20
}
