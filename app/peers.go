package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/data"
)

// exchange carries bundles between a ledger and files.
func (p *program) exchange(s *data.Store) *handoff.Exchange {
	return &handoff.Exchange{Ledger: s, Home: p.home, Now: p.now}
}

// runCard prints this desk's card, or writes it to a file.
func runCard(ctx context.Context, p *program, args []string) error {
	fs := p.flags("card")
	out := fs.String("out", "", "")
	_, s, err := p.begin(ctx, p.openToRead, fs, args)
	if err != nil {
		return err
	}
	defer s.Close()
	card, err := p.exchange(s).Card(ctx)
	if err != nil {
		return err
	}
	if *out == "" {
		if p.json {
			return p.printJSON(cardObject(card))
		}
		_, err := io.WriteString(p.stdout, card.Text())
		return err
	}
	if _, err := writeCard(ctx, card, *out); err != nil {
		return err
	}
	return p.print(cardObject(card), words.T("card.done", "path", *out, "fingerprint", card.Fingerprint()))
}

// writeCard writes a card to a file and returns its path.
func writeCard(ctx context.Context, card handoff.Card, path string) (string, error) {
	return writeSmall(ctx, path, func(w io.Writer) error {
		_, err := io.WriteString(w, card.Text())
		return err
	})
}

func cardObject(c handoff.Card) object {
	return object{{"name", c.Name}, {"unit", c.Unit}, {"fingerprint", c.Fingerprint()}}
}

// runPair accepts the desk whose card is in a file.
func runPair(ctx context.Context, p *program, args []string) error {
	fs := p.flags("pair")
	name := fs.String("name", "", "")
	scope := fs.String("scope", "", "")
	rest, err := p.arguments(fs, args, "CARD")
	if err != nil {
		return err
	}
	which, err := parseScope(*scope)
	if err != nil {
		return err
	}
	text, err := readCard(rest[0])
	if err != nil {
		return err
	}
	card, err := handoff.ParseCard(text)
	if err != nil {
		return err
	}
	s, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Pair(ctx, card, *name, which); err != nil {
		return err
	}
	return p.print(cardObject(card), words.T("pair.done", "name", card.Name, "unit", card.Unit, "fingerprint", card.Fingerprint()))
}

// maxCard is how much of a file is read for a card, in bytes.
const maxCard = 64 << 10

func readCard(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", ledger.Refuse(ledger.CodeStickGone, "path", path).Because(err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxCard))
	if err != nil {
		return "", ledger.Refuse(ledger.CodeStickGone, "path", path).Because(err)
	}
	return string(text), nil
}

func parseScope(text string) (handoff.Scope, error) {
	switch text {
	case "":
		return handoff.ScopeByUnit, nil
	case "own":
		return handoff.ScopeOwn, nil
	case "all":
		return handoff.ScopeAll, nil
	}
	return 0, usage("usage.scope", "text", text)
}

// runUnpair withdraws a desk's acceptance.
func runUnpair(ctx context.Context, p *program, args []string) error {
	rest, s, err := p.begin(ctx, p.open, p.flags("unpair"), args, "PEER")
	if err != nil {
		return err
	}
	defer s.Close()
	peer, err := p.exchange(s).Find(ctx, rest[0])
	if err != nil {
		return err
	}
	if err := s.Unpair(ctx, peer.Card.Key); err != nil {
		return err
	}
	return p.print(cardObject(peer.Card), words.T("unpair.done", "name", peer.Name()))
}

// runPeers lists the desks known here.
func runPeers(ctx context.Context, p *program, args []string) error {
	_, s, err := p.begin(ctx, p.openToRead, p.flags("peers"), args)
	if err != nil {
		return err
	}
	defer s.Close()
	peers, err := s.Peers(ctx)
	if err != nil {
		return err
	}
	if p.json {
		list := make([]object, 0, len(peers))
		for i := range peers {
			list = append(list, peerObject(&peers[i]))
		}
		return p.printJSON(list)
	}
	if len(peers) == 0 {
		fmt.Fprintln(p.stdout, words.T("peers.none"))
	}
	for i := range peers {
		line := peers[i].Name() + "  " + peers[i].Card.Unit + "  " + peers[i].Card.Fingerprint()
		if !peers[i].Accepted {
			line += "  " + words.T("peers.withdrawn")
		}
		fmt.Fprintln(p.stdout, line)
	}
	return nil
}

var scopeName = map[handoff.Scope]string{handoff.ScopeByUnit: "unit", handoff.ScopeOwn: "own", handoff.ScopeAll: "all"}

func peerObject(p *handoff.Peer) object {
	o := append(cardObject(p.Card), member{"called", p.Name()}, member{"accepted", p.Accepted},
		member{"scope", scopeName[p.Scope]}, member{"card", p.Card.Recipient != ""}, member{"since", stamp(p.Since)})
	if !p.Heard.IsZero() {
		o = append(o, member{"heard", stamp(p.Heard)})
	}
	return o
}
