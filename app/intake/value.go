package intake

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"taizhang/app/ledger"
)

// isBlank reports whether a cell holds nothing, or a sign for it: a dash, 无.
func isBlank(c Cell) bool {
	if c.Text == "" {
		return true
	}
	return c.Kind == CellText && len(c.Text) <= longestBlank && whole(strings.ToLower(folded(c.Text)))&blanks != 0
}

// longestBlank is the longest sign for nothing, in bytes.
const longestBlank = 9

// errorCell refuses a cell that shows an error.
func errorCell(c Cell) *ledger.Error {
	if c.Kind == CellError || c.Kind == CellText && strings.HasPrefix(c.Text, "#") && strings.ContainsAny(c.Text, "!?/") {
		return ledger.Refuse(ledger.CodeBookError, "text", c.Text)
	}
	return nil
}

// pointZero is a whole number as programs write it into tables.
var pointZero = regexp.MustCompile(`^(\d+)\.0+$`)

// quantityOf reads a quantity: a number as the workbook keeps it, or as a clerk
// writes it, with its measure word or without.
func quantityOf(c Cell) (q ledger.Quantity, measure string, err error) {
	if e := errorCell(c); e != nil {
		return q, "", e
	}
	if c.Kind == CellNumber {
		q, err = fromNumber(c.Text)
		return q, "", err
	}
	text := pointZero.ReplaceAllString(c.Text, "$1")
	if q, err = ledger.ParseQuantity(text); err == nil || ledger.CodeOf(err) != ledger.CodeQuantitySyntax {
		return q, "", err
	}
	whole := err
	if q, measure, err = ledger.SplitQuantity(text); ledger.CodeOf(err) == ledger.CodeQuantitySyntax {
		return q, "", whole // which names all that stands in the cell
	}
	return q, folded(measure), err
}

// fromNumber reads a number of a workbook. Sums that programs have made are whole
// but for their last bits.
func fromNumber(text string) (ledger.Quantity, error) {
	f, err := strconv.ParseFloat(text, 64)
	whole := math.Round(f)
	switch {
	case err != nil || math.IsNaN(f):
		return ledger.Quantity{}, ledger.Refuse(ledger.CodeQuantitySyntax, "text", text)
	case f < 0:
		return ledger.Quantity{}, ledger.Refuse(ledger.CodeQuantityNegative, "text", text)
	case f > ledger.MaxQuantity:
		return ledger.Quantity{}, ledger.Refuse(ledger.CodeQuantityAbsurd, "text", text, "max", int64(ledger.MaxQuantity))
	case math.Abs(f-whole) > 1e-9*max(1, whole):
		return ledger.Quantity{}, ledger.Refuse(ledger.CodeQuantityFraction, "text", text)
	}
	return ledger.Quantity{Value: int64(whole)}, nil
}

// The days that a workbook's number can be, as Excel counts them: 2000 to 2999.
const (
	serialEpoch = 36526 // 2000-01-01
	serialLast  = 401_769
	days1904    = 1462 // between the two ways of counting
)

// dayOf reads the day of a cell: a number as Excel keeps days, or a date as it is
// written. A day of the week's kind (今天, -2) would be another when the sheet is read.
func dayOf(c Cell, today ledger.Day, from04 bool) (ledger.Day, error) {
	if e := errorCell(c); e != nil {
		return 0, e
	}
	if c.Kind == CellNumber {
		if f, err := strconv.ParseFloat(c.Text, 64); err == nil {
			if from04 {
				f += days1904
			}
			if f >= serialEpoch && f < serialLast {
				return settledDay(ledger.Day(math.Floor(f)-serialEpoch), today)
			}
		}
		if len(c.Text) != len("20261120") || strings.Trim(c.Text, "0123456789") != "" {
			return 0, ledger.Refuse(ledger.CodeDaySyntax, "text", c.Text)
		}
	}
	text := withoutTime(strings.TrimSpace(c.Text))
	if !datelike.MatchString(folded(text)) {
		return 0, ledger.Refuse(ledger.CodeDaySyntax, "text", c.Text)
	}
	return ledger.ParseDay(text, today)
}

// datelike is a date with a month: a day alone is any number, and 11.2 the number
// that a workbook makes of 11.20.
var datelike = regexp.MustCompile(`^(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/月]\d{1,2}[日号]?|\d{1,2}\.\d\d|\d{8})$`)

// withoutTime cuts the time behind a date: 2026-11-20 08:00:00, 2026-11-20T00:00:00Z.
func withoutTime(text string) string {
	if i := strings.IndexAny(text, " T"); i >= len("11-2") && strings.Contains(text[i:], ":") {
		return text[:i]
	}
	return text
}

func settledDay(day, today ledger.Day) (ledger.Day, error) {
	if day > today {
		return 0, ledger.Refuse(ledger.CodeDayFuture, "day", day.String(), "today", today.String())
	}
	return day, nil
}
