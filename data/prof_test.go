package data_test

import (
	"context"
	"os"
	"syscall"
	"testing"
	"time"
)

func cpu() time.Duration {
	var r syscall.Rusage
	syscall.Getrusage(0, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
func BenchmarkProf(b *testing.B) {
	d := newBenchDesk(b)
	c0 := cpu()
	t := fill(b, d, 500000)
	b.Logf("append %v cpu %v for 500k", t, cpu()-c0)
	for range 3 {
		c0 = cpu()
		t0 := time.Now()
		if _, err := d.store.Verify(context.Background(), nil); err != nil {
			b.Fatal(err)
		}
		b.Logf("verify %v cpu %v", time.Since(t0), cpu()-c0)
	}
	c0 = cpu()
	r := overview(b, d)
	b.Logf("overview %v, cpu each %v", r, (cpu()-c0)/200)
	_ = os.Stderr
}
