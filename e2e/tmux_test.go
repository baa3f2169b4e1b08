package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// scripts are kinds of text that terminals may lay out in different ways.
var scripts = []string{
	"नमस्ते, आप कैसे हैं?", "कमरा", "क्षत्रिय", "हिन्दी", "বাংলা ভাষা", "দুঃখিত", "தமிழ்", "கொடு", "తెలుగు", "క్షమించండి", "ಕನ್ನಡ",
	"മലയാളം", "ഗ്ര", "ગુજરાતી", "ਪੰਜਾਬੀ", "ଓଡ଼ିଆ", "සිංහල", "ශ්\u200dරී", "ไทย น้ำ", "กำลัง", "ລາວ ນ້ຳ", "မြန်မာ", "ကျွန်တော်", "ភាសាខ្មែរ",
	"ស្រី", "བོད་ཡིག", "ᬩᬮᬶ", "ꦗꦮ", "ᨅᨔ", "한국어", "한국", "ᄀ가", "ᄀ가", "日本語", "ｶﾞｷﾞｸﾞ", "ﾊﾟ", "カ\u3099", "漢字", "㉈", "☰ ⚋", "𝌆",
	"العربية", "مَرْحَبًا", "עברית", "שָׁלוֹם", "فارسی می\u200cشود", "اردو", "ܣܘܪܝܝܐ", "ދިވެހި", "አማርኛ", "ქართული", "Հայերեն", "Ελληνικά", "Русский",
	"Tiếng Việt", "Tie\u0302\u0301ng", "e\u0301e\u0301", "Z\u0351\u036b\u0343\u036a\u0302\u036ba\u0310\u0311l\u030bg\u0310o\u0304", "ﬁ ﬀ", "½ ① Ⅳ",
	"👍🏽", "great 👍🏿👋🏻", "👩🏽\u200d💻", "👨\u200d👩\u200d👧\u200d👦", "❤️", "☺️✈︎", "1️⃣", "🇨🇭🇫🇷", "🇨", "🇨🇭🇫", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🏳️\u200d🌈", "😀😃", "🫠", "🀄", "♠♥", "→⇒",
	"▁▂▃▄", "⣿⡇", "\ue0b0\uf115", "\u3000\u00a0", "𝒜𝓑", "𠀀𠜎", "𓀀", "\u0d4eക", "\u0600١", "ᎠᏣ", "ᠮᠣᠩᠭᠣᠯ", "\u302e가\u302f",
}

// tmux is a terminal that gives each code point cells of its own, as most do.
type tmux struct {
	t      *testing.T
	socket string
}

func (x tmux) run(args ...string) string {
	x.t.Helper()
	cmd := exec.Command("tmux", append([]string{"-u", "-S", x.socket, "-f", os.DevNull}, args...)...)
	cmd.Env = environ(x.t, "LC_ALL=C.UTF-8", "SHELL=/bin/sh")
	out, err := cmd.CombinedOutput()
	if err != nil {
		x.t.Fatalf("tmux %q: %v: %s", args, err, out)
	}
	return string(out)
}

// see waits until the screen shows text and is drawn to its end, with all its borders. A
// border that is lost does not come back.
func (x tmux) see(text string, width int) {
	x.t.Helper()
	ticks, late := time.NewTicker(10*time.Millisecond), time.After(patience)
	defer ticks.Stop()
	for {
		screen := x.run("capture-pane", "-p")
		fault := brokenBorder(screen, width)
		if fault == "" && strings.Contains(screen, text) {
			return
		}
		select {
		case <-ticks.C:
		case <-late:
			x.t.Fatalf("waited in vain for %q; %s:\n%s", text, fault, screen)
		}
	}
}

// brokenBorder names a row between the first and the last that does not end with a
// border in the last column, or has other borders than its panes have.
func brokenBorder(screen string, width int) string {
	rows := strings.Split(strings.TrimRight(screen, "\n"), "\n")
	if !strings.Contains(rows[0], "joltui") {
		return "the header is gone"
	}
	for _, row := range rows[1 : len(rows)-1] {
		last, _ := utf8.DecodeLastRuneInString(row)
		sides := strings.Count(row, "┃") + strings.Count(row, "│")
		if !strings.ContainsRune("┃│┓┐┛┘┤┫", last) || ansi.StringWidthWc(row) != width || sides > 4 || sides%2 > 0 {
			return fmt.Sprintf("the border of %q is lost", row)
		}
	}
	return ""
}

// Text of every script, in messages and in names of topics, keeps the borders of the
// dashboard in a terminal that counts code points. tmux is one; x/vt, which the other
// tests use, is not.
func TestBordersInTmux(t *testing.T) {
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("tmux is not installed")
	}
	t.Parallel()
	const w, h, batch = 100, 40, 13
	f := startFake(t, func(_, _ string) string { return "" })
	x := tmux{t, filepath.Join(t.TempDir(), "socket")}
	args := []string{"new-session", "-d", "-x", fmt.Sprint(w), "-y", fmt.Sprint(h), binary, "--port", f.port, "room"}
	x.run(append(args, scripts[:5]...)...)
	t.Cleanup(func() { exec.Command("tmux", "-S", x.socket, "kill-server").Run() })
	x.see("● room", w)
	for i, text := range scripts {
		f.message("room", fmt.Sprintf("%s end %d.", text, i))
		f.message(text, text)
		if i%batch == batch-1 || i == len(scripts)-1 {
			x.see(fmt.Sprintf("end %d.", i), w)
		}
	}
	x.run("send-keys", "C-c")
	waitFor(t, "tmux to end", func() bool { return exec.Command("tmux", "-S", x.socket, "has-session").Run() != nil })
	if len(scripts) < 78 {
		t.Errorf("only %d kinds of text", len(scripts))
	}
}

// waitFor waits for what nothing announces.
func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	ticks, late := time.NewTicker(10*time.Millisecond), time.After(patience)
	defer ticks.Stop()
	for !ok() {
		select {
		case <-ticks.C:
		case <-late:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}
