package ledger

// Publicity is one publicity entry: so many of an item, by a unit, on a day.
type Publicity struct {
	Unit     ID
	Item     ID
	Day      Day
	Quantity Quantity // more than zero
	Note     string
}

// Kind is KindPublicity.
func (*Publicity) Kind() Kind { return KindPublicity }

func (p *Publicity) check() error {
	if p.Quantity.Value < 0 {
		return refuse(CodeQuantityNegative, "text", p.Quantity.String())
	}
	if p.Quantity.Value == 0 {
		// "Nothing happened" is a nil report, not an entry of zero.
		return refuse(CodeQuantityZero)
	}
	if p.Quantity.Value > MaxQuantity {
		return refuse(CodeQuantityAbsurd, "text", p.Quantity.String(), "max", int64(MaxQuantity))
	}
	return checkText("note", p.Note, MaxText)
}

func (p *Publicity) encode(e *encoder) {
	e.id(p.Unit)
	e.id(p.Item)
	e.int(int64(p.Day))
	e.int(p.Quantity.Value)
	e.uint(uint64(p.Quantity.Flags()))
	e.text(p.Note)
}

func (p *Publicity) decode(r *decoder) {
	p.Unit, p.Item, p.Day = r.id(), r.id(), r.day()
	p.Quantity.Value = r.int()
	flags := r.small()
	p.Quantity.setFlags(flags)
	if p.Quantity.Flags() != flags {
		r.fail()
	}
	p.Note = r.text()
}

func (q *Quantity) setFlags(f uint8) { q.Approx, q.Wan = Approx(f&15), f&(1<<4) != 0 }

// Flags packs how the quantity was written, for keeping it in one column:
// approximation in the low four bits, 万 in the fifth.
func (q Quantity) Flags() uint8 {
	f := uint8(q.Approx)
	if q.Wan {
		f |= 1 << 4
	}
	return f
}

// QuantityOf is the quantity with value and the Flags it was kept with.
func QuantityOf(value int64, flags uint8) Quantity {
	q := Quantity{Value: value}
	q.setFlags(flags)
	return q
}
