package ledger

import (
	"math"
	"strings"
	"testing"
)

func TestParseQuantity(t *testing.T) {
	for _, c := range []struct {
		in     string
		value  int64
		approx Approx
		prints string
	}{
		{"3681", 3681, Exact, "3,681"},
		{"3,681", 3681, Exact, "3,681"},
		{"３６８１", 3681, Exact, "3,681"},
		{"3，681", 3681, Exact, "3,681"},
		{"3 681", 3681, Exact, "3,681"},
		{"3\u00a0681", 3681, Exact, "3,681"},
		{"3,681.0", 3681, Exact, "3,681"},
		{"\t 304 ", 304, Exact, "304"},
		{"0", 0, Exact, "0"},
		{"约0", 0, Exact, "0"},
		{"007", 7, Exact, "7"},
		{"1,234,567", 1234567, Exact, "1,234,567"},
		{"35万", 350000, Exact, "35万"},
		{"35 萬", 350000, Exact, "35万"},
		{"12,000万", 120000000, Exact, "12,000万"},
		{"1.2万余", 12000, Over, "1.2万余"},
		{"1.2 万 余", 12000, Over, "1.2万余"},
		{"1。2万", 12000, Exact, "1.2万"},
		{"１．２万餘", 12000, Over, "1.2万余"},
		{"28.1万馀", 281000, Over, "28.1万余"},
		{"12.3456万", 123456, Exact, "12.3456万"},
		{"1.2亿", 120000000, Exact, "120,000,000"},
		{"1.5百万", 1500000, Exact, "150万"},
		{"一点二万", 12000, Exact, "1.2万"},
		{"1万余", 10000, Over, "1万余"},
		{"近3000", 3000, Nearly, "近3,000"},
		{"将近3000", 3000, Nearly, "近3,000"},
		{"接近 3000", 3000, Nearly, "近3,000"},
		{"不到3000", 3000, Nearly, "近3,000"},
		{"约700", 700, About, "约700"},
		{"約700", 700, About, "约700"},
		{"大约 700", 700, About, "约700"},
		{"约为700", 700, About, "约700"},
		{"700左右", 700, About, "约700"},
		{"~700", 700, About, "约700"},
		{"3000余", 3000, Over, "3,000余"},
		{"3000多", 3000, Over, "3,000余"},
		{"3000有余", 3000, Over, "3,000余"},
		{"3000以上", 3000, Over, "3,000余"},
		{"3000+", 3000, Over, "3,000余"},
		{"超5000", 5000, Over, "5,000余"},
		{"超过5000", 5000, Over, "5,000余"},
		{"逾5000", 5000, Over, "5,000余"},
		{"约3000余", 3000, About, "约3,000"},
		{"上百", 100, Over, "100余"},
		{"上万", 10000, Over, "1万余"},
		{"近万", 10000, Nearly, "近1万"},
		{"上百万", 1000000, Over, "100万余"},
		{"30余万", 300000, Over, "30万余"},
		{"30多万", 300000, Over, "30万余"},
		{"三十余万", 300000, Over, "30万余"},
		{"十来", 10, About, "约10"},
		{"两百", 200, Exact, "200"},
		{"兩百", 200, Exact, "200"},
		{"十二", 12, Exact, "12"},
		{"廿", 20, Exact, "20"},
		{"廿五", 25, Exact, "25"},
		{"一百廿三", 123, Exact, "123"},
		{"一百二十", 120, Exact, "120"},
		{"一百二", 120, Exact, "120"},
		{"一百零二", 102, Exact, "102"},
		{"一百〇二", 102, Exact, "102"},
		{"一百十二", 112, Exact, "112"},
		{"三千五", 3500, Exact, "3,500"},
		{"两万五", 25000, Exact, "25,000"},
		{"两万零五", 20005, Exact, "20,005"},
		{"一亿二", 120000000, Exact, "120,000,000"},
		{"壹佰贰拾", 120, Exact, "120"},
		{"壹萬貳仟", 12000, Exact, "12,000"},
		{"三十五万", 350000, Exact, "35万"},
		{"一万余", 10000, Over, "1万余"},
		{"三六八一", 3681, Exact, "3,681"},
		{"二〇", 20, Exact, "20"},
		{"3千", 3000, Exact, "3,000"},
		{"3千5百", 3500, Exact, "3,500"},
		{"3万5千", 35000, Exact, "35,000"},
		{"3万5", 35000, Exact, "35,000"},
		{"3万500", 30500, Exact, "30,500"},
		{"12千", 12000, Exact, "12,000"},
		{"1亿2000万", 120000000, Exact, "12,000万"},
		{"一万亿", MaxQuantity, Exact, "1,000,000,000,000"},
		{"1000000000000", MaxQuantity, Exact, "1,000,000,000,000"},
		// the figures of the published reports the program is checked against
		{"350000", 350000, Exact, "350,000"},
		{"10000余", 10000, Over, "10,000余"},
		{"4158", 4158, Exact, "4,158"},
		{"1157", 1157, Exact, "1,157"},
	} {
		q, err := ParseQuantity(c.in)
		if err != nil {
			t.Errorf("%q: %v", c.in, err)
			continue
		}
		if q.Value != c.value || q.Approx != c.approx || q.String() != c.prints {
			t.Errorf("%q: %d %d %q, want %d %d %q", c.in, q.Value, q.Approx, q, c.value, c.approx, c.prints)
		}
		if q.IsApprox() != (c.approx != Exact) {
			t.Errorf("%q: IsApprox is %v", c.in, q.IsApprox())
		}
		checkPrintsBack(t, q)
	}
}

// checkPrintsBack asserts that what q prints is read as q again.
func checkPrintsBack(t *testing.T, q Quantity) {
	t.Helper()
	back, err := ParseQuantity(q.String())
	if err != nil || back != q {
		t.Errorf("%+v prints %q, which reads back as %+v, %v", q, q, back, err)
	}
}

func TestParseQuantityRefuses(t *testing.T) {
	for in, want := range map[string]Code{
		"": CodeQuantitySyntax, "  ": CodeQuantitySyntax, "abc": CodeQuantitySyntax, "3681幅": CodeQuantitySyntax,
		"万": CodeQuantitySyntax, "万余": CodeQuantitySyntax, "余": CodeQuantitySyntax, "约": CodeQuantitySyntax,
		"上3000": CodeQuantitySyntax, "几百": CodeQuantitySyntax, "三四": CodeQuantitySyntax, "三四百": CodeQuantitySyntax,
		"3-5": CodeQuantitySyntax, "1e5": CodeQuantitySyntax, "+5": CodeQuantitySyntax, "--5": CodeQuantitySyntax,
		"一百万百": CodeQuantitySyntax, "十百": CodeQuantitySyntax, "一千一千": CodeQuantitySyntax, "1万2万": CodeQuantitySyntax,
		"1万20000": CodeQuantitySyntax, ".5万": CodeQuantitySyntax, "1.万": CodeQuantitySyntax, "1.2.3万": CodeQuantitySyntax,
		"1.2万500": CodeQuantitySyntax, "一百两": CodeQuantitySyntax, "一百零": CodeQuantitySyntax, ",": CodeQuantitySyntax,
		"1万.5": CodeQuantitySyntax, "-abc": CodeQuantitySyntax, "1\x00": CodeQuantitySyntax, "\xff": CodeQuantitySyntax,
		strings.Repeat("1", 200): CodeQuantitySyntax,
		"-5":                     CodeQuantityNegative, "－5": CodeQuantityNegative, "负三": CodeQuantityNegative, "負三": CodeQuantityNegative,
		"−1.2万": CodeQuantityNegative, "约-5": CodeQuantityNegative,
		"1.5": CodeQuantityFraction, "1.23456万": CodeQuantityFraction, "0.00001万": CodeQuantityFraction, "一点五": CodeQuantityFraction,
		"3,68": CodeQuantityGrouping, "3,6810": CodeQuantityGrouping, "35,0000": CodeQuantityGrouping, "3,,681": CodeQuantityGrouping,
		"1,234 567": CodeQuantityGrouping, "36 81": CodeQuantityGrouping, "0,681": CodeQuantityGrouping, "1.000": CodeQuantityGrouping,
		"3,681,": CodeQuantityGrouping, ",681": CodeQuantityGrouping,
		"1000000000001": CodeQuantityAbsurd, "1万亿零一": CodeQuantityAbsurd, "99999999999999999999": CodeQuantityAbsurd,
		"9999999999999万亿": CodeQuantityAbsurd, "1.5万亿": CodeQuantityAbsurd, "九万亿": CodeQuantityAbsurd,
		"九九九九九九九九九九九九九九九九九九九九九": CodeQuantityAbsurd,
	} {
		q, err := ParseQuantity(in)
		if CodeOf(err) != want || q != (Quantity{}) {
			t.Errorf("%q: %+v, %v, want %s", in, q, err, want)
		}
	}
}

func TestSplitQuantity(t *testing.T) {
	for _, c := range []struct {
		in      string
		value   int64
		approx  Approx
		measure string
	}{
		{"3681幅", 3681, Exact, "幅"},
		{"3,681 幅", 3681, Exact, "幅"},
		{"3 681 幅", 3681, Exact, "幅"},
		{"3681", 3681, Exact, ""},
		{"１１５７条", 1157, Exact, "条"},
		{"35万份", 350000, Exact, "份"},
		{"1.2万余份", 12000, Over, "份"},
		{"1万份余", 10000, Over, "份"},
		{"28.1万份馀", 281000, Over, "份"},
		{"80人余次", 80, Over, "人次"},
		{"80人 餘次", 80, Over, "人次"},
		{"80人/次", 80, Exact, "人/次"},
		{"12个（条）", 12, Exact, "个（条）"},
		{"约700个", 700, About, "个"},
		{"700个左右", 700, About, "个"},
		{"5000份以上", 5000, Over, "份"},
		{"近万份", 10000, Nearly, "份"},
		{"上百场", 100, Over, "场"},
		{"一百二十辆", 120, Exact, "辆"},
		{"两百场次", 200, Exact, "场次"},
		{"十来期", 10, About, "期"},
		{"3000多份", 3000, Over, "份"},
		{"3两", 3, Exact, "两"},
		{"三两", 3, Exact, "两"},
		{"两个", 2, Exact, "个"},
		{"3千克", 3, Exact, "千克"},
		{"5千份", 5000, Exact, "份"},
		{"35万元", 350000, Exact, "元"},
		{"52 rooms", 52, Exact, "rooms"},
		{"0起", 0, Exact, "起"},
		{"0份余", 0, Exact, "份"},
	} {
		q, measure, err := SplitQuantity(c.in)
		if err != nil || q.Value != c.value || q.Approx != c.approx || measure != c.measure {
			t.Errorf("%q: %+v %q %v, want %d %d %q", c.in, q, measure, err, c.value, c.approx, c.measure)
		}
	}
	for in, want := range map[string]Code{
		"": CodeQuantitySyntax, "幅": CodeQuantitySyntax, "万份余": CodeQuantitySyntax, "3681幅、5条": CodeQuantitySyntax,
		"3份5条": CodeQuantitySyntax, "-5份": CodeQuantityNegative, "1.5份": CodeQuantityFraction, "3,68份": CodeQuantityGrouping,
		"2万亿份": CodeQuantityAbsurd, "3这是一个长得不可能是量词的尾巴": CodeQuantitySyntax,
	} {
		if q, _, err := SplitQuantity(in); CodeOf(err) != want {
			t.Errorf("%q: %+v, %v, want %s", in, q, err, want)
		}
	}
}

func TestSum(t *testing.T) {
	var s Sum
	for _, in := range []string{"35万", "1000", "1万余"} {
		q, err := ParseQuantity(in)
		if err != nil {
			t.Fatal(err)
		}
		s = s.Add(q)
	}
	if s != (Sum{361000, true}) || s.String() != "约361,000" {
		t.Errorf("sum is %+v %q", s, s)
	}
	if got := (Sum{}).Add(Quantity{Value: 52}).String(); got != "52" {
		t.Errorf("exact sum prints %q", got)
	}
	full := Sum{Value: math.MaxInt64 - 1}
	if got := full.Add(Quantity{Value: 1}); got != (Sum{math.MaxInt64, false}) {
		t.Errorf("the last sum that fits is %+v", got)
	}
	if got := full.Add(Quantity{Value: 2}); got != (Sum{math.MaxInt64, true}) {
		t.Errorf("overflow gives %+v", got)
	}
}

func TestGroupDigits(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0", 7: "7", 999: "999", 1000: "1,000", 3681: "3,681", 350000: "350,000", -1: "-1", -1000: "-1,000",
		math.MaxInt64: "9,223,372,036,854,775,807", math.MinInt64: "-9,223,372,036,854,775,808",
	} {
		if got := GroupDigits(n); got != want {
			t.Errorf("%d prints %q, want %q", n, got, want)
		}
	}
}

func FuzzParseQuantity(f *testing.F) {
	for _, s := range []string{"3,681", "1.2万余", "约30余万", "壹佰贰拾", "3万5千", "上百", "-5", "二〇二六", "1亿2000万", "1.5", "廿五"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if q, _, err := SplitQuantity(s); err == nil && (q.Value < 0 || q.Value > MaxQuantity) {
			t.Fatalf("%q splits out of range: %+v", s, q)
		}
		q, err := ParseQuantity(s)
		if err != nil {
			if CodeOf(err) == CodeInternal || q != (Quantity{}) {
				t.Fatalf("%q: %+v with %v", s, q, err)
			}
			return
		}
		if q.Value < 0 || q.Value > MaxQuantity || q.Approx > Over {
			t.Fatalf("%q is out of range: %+v", s, q)
		}
		checkPrintsBack(t, q)
	})
}

// numeralStyle is one way to write Chinese numerals.
type numeralStyle struct {
	digits, units []rune // 零 to 九; 十, 百, 千, 万, 亿
	liang         bool   // 两 before 百, 千, 万 and 亿
	plainTen      bool   // 十二 rather than 一十二
}

var numeralStyles = []numeralStyle{
	{digits: []rune("零一二三四五六七八九"), units: []rune("十百千万亿"), plainTen: true},
	{digits: []rune("〇一二三四五六七八九"), units: []rune("十百千万亿"), liang: true, plainTen: true},
	{digits: []rune("零壹贰叁肆伍陆柒捌玖"), units: []rune("拾佰仟万亿")},
	{digits: []rune("零壹貳參肆伍陸柒捌玖"), units: []rune("拾佰仟萬億")},
}

// spell writes n the way it is read aloud. It goes digit by digit through the
// decimal string, which has nothing in common with how the parser works.
func (st numeralStyle) spell(n int64) string {
	if n == 0 {
		return string(st.digits[0])
	}
	var groups []int64
	for ; n > 0; n /= 10000 {
		groups = append(groups, n%10000)
	}
	var b strings.Builder
	gap := false
	for g := len(groups) - 1; g >= 0; g-- {
		for place, base := 3, int64(1000); place >= 0; place, base = place-1, base/10 {
			d := groups[g] / base % 10
			if d == 0 {
				gap = gap || b.Len() > 0
				continue
			}
			if gap {
				b.WriteRune(st.digits[0])
				gap = false
			}
			if !(st.plainTen && d == 1 && place == 1 && b.Len() == 0) {
				b.WriteRune(st.digit(d, place, g, groups[g]))
			}
			if place > 0 {
				b.WriteRune(st.units[place-1])
			}
		}
		if g > 0 && groups[g] > 0 {
			b.WriteRune(st.units[g+2])
			gap = false // 二十万三千: the zero before 万 is not spoken
		}
	}
	return b.String()
}

func (st numeralStyle) digit(d int64, place, group int, whole int64) rune {
	if st.liang && d == 2 && (place > 1 || group > 0 && whole == 2) {
		return '两'
	}
	return st.digits[d]
}

func checkSpelled(t *testing.T, n int64) {
	t.Helper()
	for _, style := range numeralStyles {
		text := style.spell(n)
		q, err := ParseQuantity(text)
		if err != nil || q.Value != n || q.Approx != Exact {
			t.Errorf("%d is written %s, which reads %+v, %v", n, text, q, err)
		}
	}
}

func TestChineseNumerals(t *testing.T) {
	if got := numeralStyles[0].spell(100203045); got != "一亿零二十万三千零四十五" {
		t.Fatalf("the generator writes %s", got) // the oracle itself must be right
	}
	for n := range int64(12000) {
		checkSpelled(t, n)
	}
	for n := int64(1); n < 1_000_000_000_000; n = n*7/2 + 13 {
		checkSpelled(t, n)
	}
}

func FuzzChineseNumeral(f *testing.F) {
	for _, n := range []uint32{0, 10, 101, 1010, 10001, 100_010_000} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n uint32) { checkSpelled(t, int64(n)) })
}
