package handoff

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"taizhang/app/ledger"
)

// bodyReader reads the unpacked body: blocks, each behind its length.
type bodyReader struct {
	in     *bufio.Reader
	buf    []byte
	walk   walk
	block  *blockReader
	chain  *ledger.Chain
	hash   ledger.Hash // of the revision before the next one
	ranges []Range
}

func newBodyReader(in io.Reader, m *Manifest) *bodyReader {
	desks := make([]ledger.DeskID, 1, 1+len(m.Ranges)+len(m.Needs)) // number 0 is nobody's
	for n := int64(1); ; n++ {
		p, ok := m.Chain(n)
		if !ok {
			break
		}
		desks = append(desks, p.Desk)
	}
	return &bodyReader{in: bufio.NewReaderSize(in, 64<<10), walk: newWalk(m), ranges: m.Ranges,
		block: newBlockReader(int64(len(desks)) - 1),
		chain: ledger.NewChain(func(n int64) ledger.DeskID { return desks[n] })}
}

func (b *bodyReader) read(ctx context.Context, visit func(r *ledger.Revision) error) error {
	if !b.walk.done() {
		b.hash = b.ranges[0].After.Hash
	}
	for !b.walk.done() {
		if err := ctx.Err(); err != nil {
			return &visitError{err}
		}
		if err := b.nextBlock(); err != nil {
			return err
		}
		if err := b.readBlock(visit); err != nil {
			return err
		}
	}
	// Nothing may follow, and age has its last piece to authenticate.
	if _, err := b.in.ReadByte(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("after the last revision: %w", errors.Join(err, errMalformed))
	}
	return nil
}

// nextBlock reads a block. A block may claim no more than maxBlock, so its buffer
// is made at once: growing one byte by byte would allocate several times as much.
func (b *bodyReader) nextBlock() error {
	head, err := b.in.Peek(binary.MaxVarintLen32) // fewer bytes at the end of the body
	size, n := binary.Uvarint(head)
	if n <= 0 || n > 1 && head[n-1] == 0 || size > maxBlock {
		return fmt.Errorf("no length of a block: %x: %w", head, errors.Join(err, errMalformed))
	}
	if _, err := b.in.Discard(n); err != nil {
		return err
	}
	if uint64(cap(b.buf)) < size {
		b.buf = make([]byte, size)
	}
	b.buf = b.buf[:size]
	if n, err := io.ReadFull(b.in, b.buf); err != nil {
		return fmt.Errorf("%d of a block of %d bytes: %w", n, size, err)
	}
	return b.block.open(b.buf)
}

func (b *bodyReader) readBlock(visit func(r *ledger.Revision) error) error {
	for b.block.left > 0 {
		if b.walk.done() {
			return errors.New("more revisions than the manifest says")
		}
		r, err := b.block.next(b.walk.next())
		if err != nil {
			return err
		}
		b.hash = b.chain.Link(b.hash, r)
		r.Hash = b.hash
		if err := b.step(); err != nil {
			return err
		}
		if err := visit(r); err != nil {
			return &visitError{err}
		}
	}
	return b.block.close()
}

// step goes one revision on; where a range ends, its head must have been reached.
func (b *bodyReader) step() error {
	ended := b.walk.step()
	if ended == nil {
		return nil
	}
	if b.hash != ended.Head.Hash {
		return fmt.Errorf("chain %v does not end in its head", ended.Desk())
	}
	if !b.walk.done() {
		b.hash = b.ranges[b.walk.at].After.Hash
	}
	return nil
}
