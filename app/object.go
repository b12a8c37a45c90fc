package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"taizhang/app/ledger"
	"taizhang/app/words"
)

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:", m.key)
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(m.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// aside are the members that a line leaves out: another member says it better.
var aside = map[string]bool{"channel": true, "quantity": true, "initials": true, "sha256": true}

// line writes the members as text for people, the empty ones left out.
func (o object) line() string {
	var parts []string
	for _, m := range o {
		if aside[m.key] {
			continue
		}
		if text := m.text(); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "  ")
}

func (m member) text() string {
	switch v := m.value.(type) {
	case nil:
		return ""
	case string:
		if m.key == "form" || m.key == "state" {
			return words.T(m.key + "." + v)
		}
		return v
	case bool:
		return ""
	case int64:
		return m.key + "=" + ledger.GroupDigits(v)
	case ledger.Count:
		if !v.Known {
			return ""
		}
		return m.key + "=" + ledger.GroupDigits(v.N)
	}
	return fmt.Sprintf("%s=%v", m.key, m.value)
}
