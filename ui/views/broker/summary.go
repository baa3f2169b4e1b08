package broker

import (
	"maps"
	"slices"
	"strings"

	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// summary is what the broker is doing, and on a line of its own what is wrong.
func (p *Page) summary(w int) []string {
	b := p.known.Broker
	if b == nil {
		return nil
	}
	s := p.styles
	flow := kit.Bar{Styles: s, W: w}
	flow.Left(3, 0, s.Dim.Span("in "), s.Strong.Span(p.rates(true)))
	flow.Left(2, 3, s.Dim.Span("out "), s.Strong.Span(p.rates(false)))
	flow.Right(1, s.Dim.Span("connections "), s.Text.Span(human.Count(count(b.Connections))+ofMost(b.MaximumConnections)))
	flow.Right(0, s.Dim.Span("   memory "), s.Text.Span(human.Bytes(b.MemoryUsed)+ofBytes(b.MemoryLimit)))
	trouble := kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge)
	if words := p.trouble(); words != "" {
		trouble.Put(s.Warn, "▲ "+printable.Prefix(words, w))
	} else {
		trouble.Put(s.OK, "✓").Put(s.Dim, " nobody was too slow, and nothing was refused, since the broker was started")
	}
	return []string{flow.String(), trouble.String()}
}

// rates are what comes in or goes out, in messages and in bytes.
func (p *Page) rates(in bool) string {
	r := p.known.Broker.Rates
	if r == nil {
		return "…"
	}
	messages, bytes := r.MessagesIn, r.BytesIn
	if !in {
		messages, bytes = r.MessagesOut, r.BytesOut
	}
	if !(messages > 0) {
		return "nothing"
	}
	return human.Rate(messages) + " " + human.ByteRate(bytes)
}

func ofMost(n int) string {
	if n <= 0 {
		return ""
	}
	return " of " + human.Count(uint64(n))
}

func ofBytes(n int) string {
	if n <= 0 {
		return ""
	}
	return " of " + human.Bytes(uint64(n))
}

// mostNames is how many brokers are named before a count stands for the others.
const mostNames = 3

func andMore(n int) string {
	if n <= 0 {
		return ""
	}
	return " and " + human.Count(uint64(n)) + " more"
}

// trouble is what is wrong now, and what went wrong since the broker was started, the worst
// first; empty for nothing.
func (p *Page) trouble() string {
	b := p.known.Broker
	var words []string
	add := func(n uint64, thing, more string) {
		if n > 0 {
			words = append(words, human.Counted(n, thing)+more)
		}
	}
	if shared := b.Shared; shared != nil {
		if shared.Unavailable != "" {
			words = append(words, "nothing can be published: "+shared.Unavailable)
		}
		if n := len(shared.OtherUsers); n > 0 {
			words = append(words, "other users or permissions at "+strings.Join(shared.OtherUsers[:min(n, mostNames)], ", ")+andMore(n-mostNames))
		}
	}
	add(b.SlowConsumers, "slow consumer", "")
	add(b.TurnedAway, "connection", " turned away")
	add(b.LoginFailures, "failed login", "")
	add(b.LoginsRefused, "refused login", "")
	if refused := b.RequestsRefused; len(refused) > 0 {
		var codes []string
		for _, code := range slices.Sorted(maps.Keys(refused)) {
			codes = append(codes, human.Count(refused[code])+" "+code)
		}
		words = append(words, "requests refused: "+strings.Join(codes, ", "))
	}
	if waited := seconds(b.PublishersPaused); waited > 0 {
		words = append(words, "publishers waited "+human.Duration(waited))
	}
	return strings.Join(words, " · ")
}
