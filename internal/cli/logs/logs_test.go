package logs

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// Whatever a client calls itself, its log record is printable, and in JSON it
// means what was sent.
func TestLogsArePrintable(t *testing.T) {
	const name = "é\x1b[2J\u202e\u009b1m\x7f\U000e0041\\u0041\""
	for _, format := range []string{"text", "json"} {
		var out bytes.Buffer
		log, err := (&Flags{format, "info"}).logger(&out)
		if err != nil {
			t.Fatal(err)
		}
		log.Warn("login failed", "user", name)
		if text := out.String(); strings.ContainsAny(text, "\x1b\u202e\u009b\x7f\U000e0041") || strings.Count(text, "\n") != 1 || !strings.Contains(text, "é") {
			t.Errorf("%s: %q", format, text)
		}
		if format != "json" {
			continue
		}
		var record struct{ Level, Msg, User string }
		if err := json.Unmarshal(out.Bytes(), &record); err != nil || record.User != name || record.Level != "WARN" {
			t.Errorf("%v, %+v from %s", err, record, &out)
		}
	}
}
