package sample

import (
	"math/rand/v2"
	"testing"

	"taizhang/app/ledger"
)

func TestUnitNamesAreDistinct(t *testing.T) {
	seen := map[string]bool{}
	for _, u := range Units {
		if seen[u.Name] || seen[u.Initials] {
			t.Errorf("%s (%s) is there twice", u.Name, u.Initials)
		}
		seen[u.Name], seen[u.Initials] = true, true
	}
	if len(Units) != 23 {
		t.Errorf("%d units, want 23", len(Units))
	}
}

func TestShareSumsUp(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		weights := make([]float64, 1+random.IntN(40))
		for i := range weights {
			weights[i] = random.ExpFloat64() + .001
		}
		total := int64(len(weights)) + random.Int64N(10000)
		sum := int64(0)
		for _, n := range share(total, weights) {
			if n < 1 {
				t.Fatalf("a part of %d of %d over %d", n, total, len(weights))
			}
			sum += n
		}
		if sum != total {
			t.Fatalf("parts sum to %d, want %d", sum, total)
		}
	}
}

func TestFindingsAreThoseOfTheReport(t *testing.T) {
	if len(findings) != problems {
		t.Errorf("%d findings, the report counts %d", len(findings), problems)
	}
	seen := map[string]bool{}
	for _, f := range findings {
		if seen[f.text] || f.directive == "" || f.state != ledger.StateOpen && f.done == "" {
			t.Errorf("%q is twice or incomplete", f.text)
		}
		seen[f.text] = true
	}
}
