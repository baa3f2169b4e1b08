package trie

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"joltui/internal/pattern"
)

// universe is every topic of up to four levels of three names.
func universe() (all []string) {
	begun := []string{""}
	for range 4 {
		var next []string
		for _, begin := range begun {
			for _, name := range []string{"a", "b", ""} {
				all = append(all, begin+name)
				next = append(next, begin+name+".")
			}
		}
		begun = next
	}
	return all
}

func draw(t *rapid.T, label string) string {
	levels := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "", "*", "*"}), 1, 3).Draw(t, label)
	if rapid.Bool().Draw(t, label+" rest") {
		levels = append(levels[:len(levels)-1], rest)
	}
	return strings.Join(levels, ".")
}

// Whatever is added and removed, a topic finds those who want it, each once; and what is
// empty again keeps nothing.
func TestTrie(t *testing.T) {
	all := universe()
	rapid.Check(t, func(t *rapid.T) {
		var trie Trie[int]
		wanted := make(map[string][]int)
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			wanting, who := draw(t, "pattern"), rapid.IntRange(0, 3).Draw(t, "who")
			if i := slices.Index(wanted[wanting], who); i >= 0 {
				trie.Remove(wanting, who)
				if wanted[wanting] = slices.Delete(wanted[wanting], i, i+1); len(wanted[wanting]) == 0 {
					delete(wanted, wanting)
				}
			} else {
				trie.Add(wanting, who)
				wanted[wanting] = append(wanted[wanting], who)
			}
			if trie.Len() != len(wanted) {
				t.Fatalf("%d patterns, want %d", trie.Len(), len(wanted))
			}
		}
		for _, topic := range all {
			var want []int
			for wanting, whos := range wanted {
				if pattern.Matches(wanting, topic) {
					want = append(want, whos...)
				}
			}
			slices.Sort(want)
			got := trie.Match(topic, nil)
			slices.Sort(got)
			if !slices.Equal(got, slices.Compact(want)) {
				t.Fatalf("%q is for %v, want %v of %v", topic, got, want, wanted)
			}
		}
		var wanting [4]int
		trie.Each(func(who int) { wanting[who]++ })
		for pattern, whos := range wanted {
			for _, who := range whos {
				wanting[who]--
				trie.Remove(pattern, who)
			}
		}
		if wanting != [4]int{} {
			t.Fatalf("too often or too seldom among each: %v", wanting)
		}
		if !trie.root.empty() || trie.Len() != 0 {
			t.Fatalf("empty it has %+v", trie)
		}
	})
}

// Many who want the same are told apart as few are.
func TestUnionOfMany(t *testing.T) {
	var trie Trie[int]
	for n := range 1000 {
		trie.Add("a.*", n)
		trie.Add("a.>", n+500)
	}
	got := trie.Match("a.b", nil)
	slices.Sort(got)
	if len(got) != 1500 || len(slices.Compact(got)) != 1500 {
		t.Errorf("%d are found, of whom %d are different", len(got), len(slices.Compact(got)))
	}
}

func BenchmarkMatch(b *testing.B) {
	var trie Trie[int]
	for n := range 10_000 {
		trie.Add(fmt.Sprintf("topic.%d.*", n), n)
	}
	var to []int
	for b.Loop() {
		to = trie.Match("topic.77.x", to[:0])
	}
}
