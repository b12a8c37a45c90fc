package ledger

import (
	"crypto/ed25519"
	"strings"
	"unicode/utf8"
)

// Desk is one installation of the program, and the first revision of each of
// its chains: who writes here, from which unit, with which key.
type Desk struct {
	Name        string
	Unit        ID                // the unit the desk belongs to
	PublicKey   ed25519.PublicKey // 32 bytes; empty on the catalogue's chain
	Incarnation [8]byte           // new at each restore
}

// Kind is KindDesk.
func (*Desk) Kind() Kind { return KindDesk }

func (d *Desk) check() error { return checkName(d.Name) }

func (d *Desk) encode(e *encoder) {
	e.text(d.Name)
	e.id(d.Unit)
	e.text(string(d.PublicKey))
	e.text(string(d.Incarnation[:]))
}

func (d *Desk) decode(r *decoder) {
	d.Name, d.Unit, d.PublicKey = r.text(), r.id(), ed25519.PublicKey(r.text())
	incarnation := r.text()
	if copy(d.Incarnation[:], incarnation) != len(incarnation) || len(incarnation) != len(d.Incarnation) {
		r.fail()
	}
}

// Unit is a township, street, department, village or community. Units form a
// tree under the district, which is the unit without a parent.
type Unit struct {
	Name     string
	Parent   ID     // 0 for the district
	Initials string // pinyin initials, lower case, for finding it by keyboard
}

// Kind is KindUnit.
func (*Unit) Kind() Kind { return KindUnit }

func (u *Unit) check() error { return checkName(u.Name) }

// unitMarks stand between a unit and the one above it where both are written as
// one; a name that contained one could not be told from two.
const unitMarks = `/\／＼`

// CheckUnitName refuses what cannot be a new unit's name. Names from before this
// was refused are read all the same.
func CheckUnitName(name string) error {
	if strings.ContainsAny(name, unitMarks) {
		return refuse(CodeUnitSlash, "name", name)
	}
	return checkName(name)
}

// SplitUnits reads a district with a unit in it, 宁江区/临江街道; unit is "" when
// only one name is written.
func SplitUnits(text string) (district, unit string) {
	above, below := text, ""
	if i := strings.IndexAny(text, unitMarks); i >= 0 {
		_, wide := utf8.DecodeRuneInString(text[i:])
		above, below = text[:i], text[i+wide:]
	}
	return strings.TrimSpace(above), strings.TrimSpace(below)
}

func (u *Unit) encode(e *encoder) { e.text(u.Name); e.id(u.Parent); e.text(u.Initials) }
func (u *Unit) decode(r *decoder) { u.Name, u.Parent, u.Initials = r.text(), r.id(), r.text() }

// Channel is the way publicity reaches people.
type Channel uint8

// The channels, in the order screens show them.
const (
	ChannelNews      Channel = 1 // 新闻宣传
	ChannelOnline    Channel = 2 // 网络宣传
	ChannelCommunity Channel = 3 // 社会宣传
)

// Channels lists the channels in display order.
var Channels = []Channel{ChannelNews, ChannelOnline, ChannelCommunity}

// String is the channel's code name: news, online or community.
func (c Channel) String() string {
	switch c {
	case ChannelNews:
		return "news"
	case ChannelOnline:
		return "online"
	case ChannelCommunity:
		return "community"
	}
	return "channel"
}

// ParseChannel reads a code name or the Chinese name.
func ParseChannel(s string) (Channel, error) {
	switch s {
	case "news", "新闻宣传", "新聞宣傳":
		return ChannelNews, nil
	case "online", "网络宣传", "網絡宣傳":
		return ChannelOnline, nil
	case "community", "社会宣传", "社會宣傳":
		return ChannelCommunity, nil
	}
	return 0, refuse(CodeChannel, "text", s)
}

// Item is what publicity counts, with its measure word and channel. Quantities
// of different items are never added: their measure words differ.
type Item struct {
	Name     string
	Measure  string // 幅, 份, 条, 辆, 人次 …
	Channel  Channel
	Initials string // pinyin initials, lower case
}

// Kind is KindItem.
func (*Item) Kind() Kind { return KindItem }

func (i *Item) check() error {
	if err := checkName(i.Name); err != nil {
		return err
	}
	if i.Measure == "" {
		return refuse(CodeMeasureEmpty, "name", i.Name)
	}
	if i.Channel < ChannelNews || i.Channel > ChannelCommunity {
		return refuse(CodeChannel, "text", i.Channel.String())
	}
	return checkText("measure", i.Measure, 8)
}

func (i *Item) encode(e *encoder) {
	e.text(i.Name)
	e.text(i.Measure)
	e.uint(uint64(i.Channel))
	e.text(i.Initials)
}

func (i *Item) decode(r *decoder) {
	i.Name, i.Measure, i.Channel, i.Initials = r.text(), r.text(), Channel(r.small()), r.text()
}
