package dashboard

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSeenTopics(t *testing.T) {
	os.Remove(seenFile())
	t.Cleanup(func() { os.Remove(seenFile()) })
	RememberTopics([]string{"a", "b"})
	RememberTopics(nil)
	RememberTopics([]string{"c", "b"})
	if got := SeenTopics(); !cmp.Equal(got, []string{"c", "b", "a"}) {
		t.Errorf("%q", got)
	}
	if info, err := os.Stat(seenFile()); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v, %v", info, err)
	}
	var many []string
	for range maxSeen {
		many = append(many, "t"+strings.Repeat("x", len(many)))
	}
	RememberTopics(many)
	if got := SeenTopics(); len(got) != maxSeen || got[0] != "t" {
		t.Errorf("%d topics", len(got))
	}
	if err := os.WriteFile(seenFile(), []byte("no list"), 0o600); err != nil || SeenTopics() != nil {
		t.Errorf("of a file that is something else: %q, %v", SeenTopics(), err)
	}
}

// None of those who remember something at the same time loses it to another.
func TestSeenTopicsAtOnce(t *testing.T) {
	os.Remove(seenFile())
	t.Cleanup(func() { os.Remove(seenFile()) })
	groups := GroupsFile{t.TempDir() + "/groups.json"}
	const together = 25
	var all sync.WaitGroup
	for n := range together {
		all.Go(func() {
			RememberTopics([]string{strconv.Itoa(n)})
			if _, err := groups.Save(strconv.Itoa(n), []string{"a"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	got := SeenTopics()
	saved, err := groups.Load()
	if slices.Sort(got); len(slices.Compact(got)) != together || len(saved) != together || err != nil {
		t.Errorf("%d topics and %d groups are kept, %v, want %d", len(got), len(saved), err, together)
	}
}
