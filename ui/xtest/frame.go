package xtest

import (
	"bytes"
	"encoding/binary"
	"image"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Frame is the picture of a display as the server draws it, shared with the test: what
// changes there is seen within a fraction of a millisecond, without asking the server.
type Frame struct {
	d      *Display
	pixels []byte
	line   int // bytes of a line of pixels
	pixel  int // bytes of a pixel
}

// Frame maps the display's pixels. The display must have been started by
// StartFramedDisplay. Source of the offsets: XWDFile.h of X11, big-endian numbers.
func (d *Display) Frame() *Frame {
	d.t.Helper()
	f, err := os.Open(filepath.Join(d.frames, "Xvfb_screen0"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		d.t.Fatal(err)
	}
	data, err := syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = syscall.Munmap(data) })
	field := func(n int) int { return int(binary.BigEndian.Uint32(data[4*n:])) }
	const headerSize, bitsPerPixel, bytesPerLine, colours, colourSize = 0, 11, 12, 19, 12
	return &Frame{d: d, pixels: data[field(headerSize)+field(colours)*colourSize:], line: field(bytesPerLine), pixel: field(bitsPerPixel) / 8}
}

// Copy is the pixels of a part of the display as they are now.
func (f *Frame) Copy(r image.Rectangle) []byte {
	var all []byte
	for y := r.Min.Y; y < r.Max.Y; y++ {
		all = append(all, f.row(r, y)...)
	}
	return all
}

func (f *Frame) row(r image.Rectangle, y int) []byte {
	return f.pixels[y*f.line+r.Min.X*f.pixel : y*f.line+r.Max.X*f.pixel]
}

// Changed waits until a part of the display is no longer as it was copied, and returns
// when it saw that.
func (f *Frame) Changed(r image.Rectangle, was []byte) time.Time {
	f.d.t.Helper()
	width := r.Dx() * f.pixel
	for end := time.Now().Add(patience); ; time.Sleep(200 * time.Microsecond) {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			if at := (y - r.Min.Y) * width; !bytes.Equal(f.row(r, y), was[at:at+width]) {
				return time.Now()
			}
		}
		if time.Now().After(end) {
			f.d.t.Fatalf("waited %v in vain until %v changes", patience, r)
		}
	}
}
