package kit

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Two names of a list have two texts from six cells on, none is wider than the room, and
// those that fit are whole.
func TestNamesStayDifferent(t *testing.T) {
	part := rapid.SampledFrom([]string{"shop", "inventory", "eu", "us", "latam", "node-1", "node-12", "node-112", "events", "日本", "e\u0301", "\x1b", "", "~2", "…"})
	name := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(part, 1, 6).Draw(t, "parts"), ".")
	})
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfNDistinct(name, 1, 40, rapid.ID).Draw(t, "names")
		room := rapid.IntRange(6, 40).Draw(t, "room")
		names := Names{Framed: rapid.Bool().Draw(t, "framed")}
		names.Set(list)
		of := make(map[string]string)
		for _, name := range list {
			text := names.Cut(name, room)
			if Width(text) > room {
				t.Fatalf("%q is %d cells wide, of %d", text, Width(text), room)
			}
			if other, taken := of[text]; taken {
				t.Fatalf("%q and %q are both %q", other, name, text)
			}
			of[text] = name
			if len(name) <= room && isPlain(name) && text != name && names.Frame(room) == "" {
				t.Fatalf("%q fits, and is cut to %q", name, text)
			}
		}
	})
}

// What is shown of a name is where it differs: nobody has to count nodes by a number that
// joltui made up.
func TestNamesShowTheirDifference(t *testing.T) {
	var list []string
	for _, area := range []string{"payments", "inventory", "shipping"} {
		for _, region := range []string{"eu", "us", "latam"} {
			for node := range 50 {
				list = append(list, fmt.Sprintf("shop.%s.%s.node-%d.events", area, region, node))
			}
		}
	}
	var names Names
	names.Set(list)
	for _, room := range []int{18, 24} {
		numbered := 0
		for _, name := range list {
			if strings.Contains(names.Cut(name, room), "~") {
				numbered++
			}
		}
		if numbered > 0 {
			t.Errorf("%d of %d names have a number in %d cells", numbered, len(list), room)
		}
	}
	short := []string{"shop.inventory.eu.node-1.events", "shop.inventory.us.node-1.events"}
	names.Set(short)
	var got []string
	for _, name := range short {
		got = append(got, names.Cut(name, 16))
	}
	if want := []string{"…eu.node-1.even…", "…us.node-1.even…"}; !slices.Equal(got, want) {
		t.Errorf("cut to %q, want %q", got, want)
	}
	framed := Names{Framed: true}
	framed.Set(short)
	if got := framed.Cut(short[1], 16) + " " + framed.Frame(16); got != "us shop.inventory.….node-1.events" {
		t.Errorf("in a frame it is %q", got)
	}
	if got := framed.Cut(short[1], 40) + framed.Frame(40); got != short[1] {
		t.Errorf("where it fits it is %q", got)
	}
	if got := names.Cut("shop.elsewhere.at.all.events", 16); got != "shop.el…l.events" {
		t.Errorf("a name of no list is %q", got)
	}
}

func BenchmarkNames(b *testing.B) {
	var list []string
	for i := range 10_000 {
		list = append(list, fmt.Sprintf("shop.inventory.region-%d.node-%d.events", i%7, i))
	}
	for b.Loop() {
		var names Names
		names.Set(list)
		names.Cut("x", 20)
	}
}
