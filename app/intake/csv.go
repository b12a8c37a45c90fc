package intake

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

func itoa(n int) string { return strconv.Itoa(n) }

// errTable is a file that is no table of text.
var errTable = errors.New("no table")

// csvFile is a table of text.
type csvFile struct {
	file     *os.File
	size     int64
	encoding transform.Transformer // nil for UTF-8
	comma    rune
}

// sniffed is how much of a table is looked at to tell its encoding and its comma.
const sniffed = 1 << 20

func openCSV(f *os.File) (*csvFile, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	head := make([]byte, min(info.Size(), sniffed))
	if _, err := io.ReadFull(io.NewSectionReader(f, 0, info.Size()), head); err != nil {
		return nil, err
	}
	t := &csvFile{file: f, size: info.Size(), encoding: encodingOf(head)}
	text, err := io.ReadAll(transform.NewReader(bytes.NewReader(head), t.decoder()))
	if err != nil || bytes.ContainsRune(cutRune(text), utf8.RuneError) || bytes.ContainsRune(text, 0) {
		return nil, errTable
	}
	if _, code := readable(string(cutRune(text))); code != "" {
		return nil, errTable
	}
	t.comma = commaOf(string(text))
	return t, nil
}

// encodingOf tells the encoding of a text by its beginning.
func encodingOf(head []byte) transform.Transformer {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()
	case utf8.Valid(cutRune(head)):
		return nil
	}
	return simplifiedchinese.GB18030.NewDecoder()
}

// cutRune leaves off a character that the end of a piece of text cuts in two.
func cutRune(text []byte) []byte {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if utf8.RuneStart(text[len(text)-n]) {
			if !utf8.FullRune(text[len(text)-n:]) {
				return text[:len(text)-n]
			}
			break
		}
	}
	if bytes.HasSuffix(text, []byte(string(utf8.RuneError))) && len(text) > sniffed/4 {
		return text[:len(text)-len(string(utf8.RuneError))]
	}
	return text
}

func (t *csvFile) decoder() transform.Transformer {
	if t.encoding == nil {
		return transform.Nop
	}
	t.encoding.Reset()
	return t.encoding
}

// commaOf is the sign that parts the fields of the first line: a comma, unless
// another stands there more often.
func commaOf(text string) rune {
	line, _, _ := strings.Cut(text, "\n")
	best, most := ',', strings.Count(line, ",")
	for _, sign := range []rune{'\t', ';', '，', '|'} {
		if n := strings.Count(line, string(sign)); n > most {
			best, most = sign, n
		}
	}
	return best
}

func (t *csvFile) epoch1904() bool { return false }

func (t *csvFile) Close() error { return t.file.Close() }

func (t *csvFile) rows(ctx context.Context, _ int, progress func(done, all int64), visit func(SheetRow) error) error {
	text := bufio.NewReaderSize(transform.NewReader(io.NewSectionReader(t.file, 0, t.size), t.decoder()), 1<<16)
	if mark, err := text.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = text.Discard(3)
	}
	r := csv.NewReader(text)
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = t.comma, -1, true
	cells := make([]Cell, 0, MaxColumns)
	number, ended := 0, 0 // of the row, and of the line that it ended on
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return ctx.Err()
		}
		if err != nil {
			return errTable
		}
		first, _ := r.FieldPos(0)
		last, _ := r.FieldPos(len(fields) - 1)
		number += first - ended // lines left blank are rows too
		ended = last + strings.Count(fields[len(fields)-1], "\n")
		if number%checkEvery == 0 {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			progress(min(r.InputOffset(), t.size), t.size)
		}
		if cells, err = cellsOf(fields, cells[:0]); err != nil {
			return err
		}
		if len(cells) > 0 {
			if err := visit(SheetRow{Number: number, Cells: cells}); err != nil {
				return err
			}
		}
	}
}

// cellsOf makes cells of fields, without the blanks at the end.
func cellsOf(fields []string, cells []Cell) ([]Cell, error) {
	held := 0
	for i, field := range fields {
		text, ok := tidyCell(field)
		if !ok || strings.ContainsRune(text, utf8.RuneError) {
			return nil, errTable
		}
		if text != "" {
			held = i + 1
		}
		cells = append(cells, Cell{Text: text})
	}
	return cells[:held], nil
}
