package frame

import (
	"cmp"
	"fmt"
	"time"

	"github.com/charmbracelet/bubbles/key"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/record"
	"joltui/jolt"
	"joltui/ui/views/kit"
	"joltui/ui/views/repeats"
)

// Status draws the first and the last row of the screen: the state of the connection, and
// the counters. Where a row is too narrow, its least important pieces are left out whole.
type Status struct{ styles *kit.Styles }

// Info is what header and footer show and the feed does not know.
type Info struct {
	// Addr and User are those of the configuration; those of the connection, once
	// known, are shown instead.
	Addr, User string
	Own        bool   // the broker is that of this program
	Profile    string // its name; empty for none. Untrusted
	TLS        bool   // the connection is encrypted
	Paused     bool
	Hidden     int    // streams for which there is no room
	Alerts     int    // watched fields beyond their threshold
	Said       string // what has just been done; untrusted
	Keys       []key.Binding
	Kept       int  // how many of the last keys are left out last; less than 1 counts as 1
	ReadOnly   bool // nothing can be published
	// NotVerified means that the broker's certificate is not verified, and
	// PasswordInClear that the password goes over the network without TLS.
	NotVerified, PasswordInClear bool
	Repeat                       *feed.Repeat   // the one under way, or nil
	Recording                    *record.Status // nil: nothing is recorded
	RecordingFor                 time.Duration  // then it ends by itself; 0: it does not
	RecordFailed                 bool           // and the user has not yet acknowledged it
	Replay                       *Replay        // nil: the dashboard shows a connection
}

// New returns header and footer.
func New(s *kit.Styles) *Status { return &Status{styles: s} }

// Header draws the first row, w cells wide.
func (s *Status) Header(f *feed.Feed, now time.Time, w int, info Info) string {
	c := f.Connection()
	b := kit.Bar{Styles: s.styles, W: w}
	b.Left(40, 2, s.styles.Accent.Span("joltui"))
	if info.Replay != nil {
		s.replay(&b, *info.Replay, c)
	} else {
		s.broker(&b, c, now, info)
	}
	if rate := human.Rate(f.Rate()); rate != "" {
		b.Right(70, s.styles.Accent.Span("↓ "), s.styles.Text.Span(rate))
		b.Right(25, s.styles.Dim.Span(human.ByteRate(f.ByteRate())))
	}
	if rtt, known := f.RTT(); known && info.Replay == nil && c.State == jolt.Up {
		b.Right(35, s.styles.Dim.Span("rtt "+human.Duration(rtt)))
	}
	zone, _ := now.Zone()
	b.Right(15, s.styles.Dim.Span(zone))
	if info.Hidden > 0 {
		b.Right(80, s.styles.Warn.Span(fmt.Sprintf("+%d hidden", info.Hidden)))
	}
	switch {
	case info.Recording != nil:
		s.recording(&b, info, now)
	case info.RecordFailed:
		b.Right(95, s.styles.Badge.Span(recordFailed))
	}
	if info.Alerts > 0 {
		b.Right(95, s.styles.Badge.Span(" ▲ "+human.Counted(uint64(info.Alerts), "alert")+" "))
	}
	if info.ReadOnly {
		b.Right(95, s.styles.Badge.Span(" READ-ONLY "))
	}
	if info.NotVerified {
		b.Right(98, s.styles.Badge.Span(" TLS NOT VERIFIED "))
	}
	if info.PasswordInClear {
		b.Right(98, s.styles.Badge.Span(" PASSWORD IN CLEAR "))
	}
	if info.Repeat != nil {
		b.Right(72, s.styles.Warn.Span(repeats.RepeatBrief(info.Repeat)))
	}
	if info.Paused { // the streams say how much has come since
		b.Right(90, s.styles.Badge.Span(" PAUSED "))
	}
	return b.String()
}

// broker shows the broker's address, the state of the connection and the user.
func (s *Status) broker(b *kit.Bar, c feed.Connection, now time.Time, info Info) {
	if info.Profile != "" {
		name := printable.Prefix(info.Profile, 24)
		if s.styles.Profile != s.styles.Strong { // a block of colour has edges
			name = " " + name + " "
		}
		b.Left(97, 2, s.styles.Profile.Span(name))
	}
	if addr := cmp.Or(c.Addr, info.Addr); addr != "" {
		b.Left(60, 2, s.styles.Text.Span(printable.Prefix(addr, 48)))
	}
	s.connection(b, c, now)
	if info.Own {
		b.Left(58, 2, s.styles.Text.Span("own broker"))
	}
	if user := s.user(c, info); user != "" {
		b.Left(48, 2, s.styles.Dim.Span(printable.Prefix(user, 24)))
	}
	if info.TLS && !info.NotVerified { // that has a badge
		b.Left(47, 2, s.styles.Dim.Span("TLS"))
	}
}

// connection shows the state of the connection as a word and a symbol.
func (s *Status) connection(b *kit.Bar, c feed.Connection, now time.Time) {
	dim := func(weight, gap int, text string) { b.Left(weight, gap, s.styles.Dim.Span(text)) }
	switch c.State {
	case jolt.Up:
		b.Left(100, 2, s.styles.OK.Span("●"), s.styles.Text.Span(" connected"))
		dim(45, 1, human.Whole(now.Sub(c.Since)))
	case jolt.Down:
		b.Left(100, 2, s.styles.Error.Span("✗ disconnected"))
		b.Left(55, 1, s.styles.Text.Span("· "+human.Cause(c.Cause)))
		dim(75, 1, "· retry "+human.In(c.RetryAt.Sub(now)))
		dim(50, 1, fmt.Sprintf("(try %d)", c.Attempt+1))
	case jolt.Closed:
		b.Left(100, 2, s.styles.Error.Span("■"), s.styles.Text.Span(" closed"))
		if c.Cause != nil {
			b.Left(55, 1, s.styles.Text.Span("· "+human.Cause(c.Cause)))
		}
	default:
		b.Left(100, 2, s.styles.Warn.Span("◌"), s.styles.Text.Span(" connecting…"))
		if c.Attempt > 1 {
			dim(50, 1, fmt.Sprintf("(try %d)", c.Attempt))
		}
	}
}

// user returns the name that the client is logged in with, or is to log in with; "" for an
// anonymous connection.
func (s *Status) user(c feed.Connection, info Info) string {
	if c.State == jolt.Up {
		return c.User
	}
	return cmp.Or(c.User, info.User)
}

// Footer draws the last row, w cells wide.
func (s *Status) Footer(f *feed.Feed, w int, info Info) string {
	b := kit.Bar{Styles: s.styles, W: w}
	if info.Said != "" {
		b.Left(100, 2, s.styles.Accent.Span("· "), s.styles.Text.Span(printable.Prefix(info.Said, w)))
		return b.String()
	}
	n := f.Counters()
	s.count(&b, 80, "received", n.Received, s.styles.Dim)
	s.count(&b, 60, "shown", n.Held, s.styles.Dim)
	s.count(&b, 56, "evicted", n.Evicted, s.styles.Dim)
	if n.Truncated > 0 {
		s.count(&b, 86, "cut", n.Truncated, s.styles.Warn)
	}
	if n.Dropped > 0 {
		s.count(&b, 100, "dropped", n.Dropped, s.styles.Warn)
	} else {
		s.count(&b, 58, "dropped", 0, s.styles.Dim)
	}
	// The last keys are left out last: the help, which lists the others, and on a page
	// the key that leaves it. All keys go before counters that only say that all is well.
	for i, k := range info.Keys {
		weight := 79 - i
		if last := len(info.Keys) - 1 - i; last < max(info.Kept, 1) {
			weight = 90 - last
		} else if i < 2 {
			weight = 85 - i
		}
		help := k.Help()
		b.Right(weight, s.styles.Key.Span(help.Key), s.styles.Dim.Span(" "+help.Desc))
	}
	return b.String()
}

func (s *Status) count(b *kit.Bar, weight int, name string, n uint64, paint kit.Paint) {
	b.Left(weight, 2, paint.Span(name+" "), s.styles.Text.Span(human.Count(n)))
}
