package main

import (
	"context"

	"taizhang/app/pinyin"
	"taizhang/app/words"
	"taizhang/data"
)

// runInit makes a new ledger with an office and a desk.
func runInit(ctx context.Context, p *program, args []string) error {
	fs := p.flags("init")
	office := data.Office{Initials: pinyin.Initials}
	fs.StringVar(&office.District, "district", "", "")
	fs.StringVar(&office.Unit, "unit", "", "")
	fs.StringVar(&office.Desk, "desk", "", "")
	if _, err := p.arguments(fs, args); err != nil {
		return err
	}
	if err := require(fs, "district"); err != nil {
		return err
	}
	if office.Unit == "" {
		office.Unit = office.District
	}
	if office.Desk == "" {
		office.Desk = office.Unit + "-01"
	}
	s, err := data.Create(ctx, p.path(), p.options(), office)
	if err != nil {
		return err
	}
	path := s.Path()
	if err := s.Close(); err != nil {
		return err
	}
	return p.print(map[string]string{"ledger": path}, words.T("init.done", "path", path))
}
