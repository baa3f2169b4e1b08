package record

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"joltui/jolt"
)

// stage runs a player in fake time, and notes what it plays and when.
type stage struct {
	*Player
	began time.Time

	mu    sync.Mutex // held by the test, but while time goes by
	heard []heard
	ended int
	reset int
	notes []string
}

type heard struct {
	id    int           // of the message
	after time.Duration // since the player runs
}

func onStage(t *testing.T, path string, play func(*stage)) {
	t.Helper()
	set, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		p, err := NewPlayer(set)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		s := &stage{Player: p, began: time.Now()}
		done := make(chan struct{})
		go func() {
			defer close(done)
			p.Run(ctx, s.take)
		}()
		if err := p.Scan(ctx); err != nil {
			t.Fatal(err)
		}
		s.mu.Lock()
		s.pass(0)
		play(s)
		s.mu.Unlock()
		cancel()
		<-done
	})
}

// pass lets time go by.
func (s *stage) pass(d time.Duration) {
	s.mu.Unlock()
	defer s.mu.Lock()
	time.Sleep(d)
	synctest.Wait()
}

func (s *stage) take(piece Stretch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if piece.Reset {
		s.reset++
		s.heard = nil
	}
	if piece.Ended {
		s.ended++
	}
	for _, scene := range piece.Scenes {
		for _, e := range scene.Events {
			if m, ok := e.(*jolt.Message); ok {
				s.heard = append(s.heard, heard{number(m), time.Since(s.began)})
			}
		}
		if scene.Err != nil {
			s.notes = append(s.notes, scene.Err.Error())
		}
		if scene.Missing.Messages > 0 {
			s.notes = append(s.notes, "missing")
		}
	}
}

// number is that which [message] was given.
func number(m *jolt.Message) (n int) {
	for _, c := range strings.TrimPrefix(m.Data, `{"id":`) {
		if c < '0' || c > '9' {
			break
		}
		n = n*10 + int(c-'0')
	}
	return n
}

func (s *stage) ids() (ids []int) {
	for _, h := range s.heard {
		ids = append(ids, h.id)
	}
	return ids
}

func TestOwnPace(t *testing.T) {
	onStage(t, write(t, WriterOptions{}, every(4, 10*time.Second)...), func(s *stage) {
		s.pass(time.Minute)
		for i, h := range s.heard {
			if want := time.Duration(i) * 10 * time.Second; h.id != i || h.after != want {
				t.Errorf("message %d after %s, want %d after %s", h.id, h.after, i, want)
			}
		}
		if st := s.Status(); len(s.heard) != 4 || s.ended != 1 || !st.Ended || !st.Paused || st.Messages != 4 || st.Total != 4 || !st.At.Equal(noon().Add(30*time.Second)) {
			t.Errorf("%d messages, %d times ended, %+v", len(s.heard), s.ended, st)
		}
		s.Pause() // at the end: from the beginning
		s.pass(time.Second)
		if got := s.ids(); s.reset != 1 || !slices.Equal(got, []int{0}) {
			t.Errorf("again: %v after %d resets", got, s.reset)
		}
	})
}

func TestSpeeds(t *testing.T) {
	path := write(t, WriterOptions{}, every(9, 8*time.Second)...)
	for by, want := range map[int]time.Duration{3: time.Second, 1: 4 * time.Second, -1: 16 * time.Second, -9: 64 * time.Second} {
		onStage(t, path, func(s *stage) {
			s.Faster(by)
			s.pass(10 * time.Minute)
			if len(s.heard) != 9 {
				t.Fatalf("speed %s: %d messages", s.Status().Speed, len(s.heard))
			}
			for i, h := range s.heard {
				if h.after != want*time.Duration(i) {
					t.Errorf("speed %s: message %d after %s", s.Status().Speed, i, h.after)
				}
			}
		})
	}
	onStage(t, path, func(s *stage) {
		s.Faster(99)
		s.pass(0)
		if len(s.heard) != 9 || s.Status().Speed != SpeedMax || s.ended != 1 {
			t.Errorf("at full speed: %v, %+v", s.heard, s.Status())
		}
	})
}

// The clock goes on without a jump when the speed changes, and stops in a pause.
func TestPauseAndStep(t *testing.T) {
	onStage(t, write(t, WriterOptions{}, every(5, 10*time.Second)...), func(s *stage) {
		s.pass(5 * time.Second)
		s.Faster(1)
		s.pass(2 * time.Second)
		s.Pause()
		s.pass(time.Hour)
		if got := s.Now().Sub(noon()); got != 9*time.Second || len(s.heard) != 1 || !s.Status().Paused {
			t.Errorf("paused at %s with %v", got, s.heard)
		}
		s.Step()
		s.Step()
		s.pass(0)
		if got := s.Now().Sub(noon()); got != 20*time.Second || !slices.Equal(s.ids(), []int{0, 1, 2}) {
			t.Errorf("two steps lead to %s with %v", got, s.ids())
		}
		s.Pause()
		s.pass(5*time.Second - 1)
		if len(s.heard) != 3 {
			t.Errorf("%v too early", s.heard)
		}
		s.pass(1)
		if len(s.heard) != 4 {
			t.Errorf("%v", s.heard)
		}
		s.Step()
		s.Step()
		s.Step()
		s.pass(0)
		if len(s.heard) != 5 || s.ended != 1 {
			t.Errorf("%v, %d", s.heard, s.ended)
		}
	})
}

func TestSeek(t *testing.T) {
	onStage(t, write(t, WriterOptions{PartSize: 100_000}, every(50_000, 100*time.Millisecond)...), func(s *stage) {
		s.Pause()
		s.pass(0)
		s.SeekBy(time.Minute) // a little ahead: nothing is left out
		s.pass(0)
		if got := s.ids(); s.reset != 0 || len(got) != 600 || got[599] != 599 || s.Now().Sub(noon()) != time.Minute {
			t.Errorf("%d messages, %d resets, at %s", len(got), s.reset, s.Now())
		}
		s.SeekBy(-10 * time.Second)
		s.SeekBy(-10 * time.Second) // of two keys at once
		s.pass(0)
		if got := s.ids(); s.reset == 0 || got[0] != 0 || got[len(got)-1] != 399 || s.Now().Sub(noon()) != 40*time.Second {
			t.Errorf("%d … %d, %d resets, at %s", got[0], got[len(got)-1], s.reset, s.Now())
		}
		s.reset = 0
		s.Seek(Target{Share: 0.5})
		s.pass(0)
		got := s.ids()
		if s.reset != 1 || len(got) < lead || len(got) > lead+2*firstStride || got[len(got)-1] != 24_999 {
			t.Errorf("half way: %d … %d of %d, %d resets", got[0], got[len(got)-1], len(got), s.reset)
		}
		s.Seek(Target{At: noon().Add(24 * time.Hour)})
		s.pass(0)
		s.Step()
		s.pass(0)
		if got := s.ids(); got[len(got)-1] != 49_999 {
			t.Errorf("beyond the end: %d", got[len(got)-1])
		}
		s.Seek(Target{At: noon().Add(time.Minute)})
		s.pass(0)
		s.Pause()
		s.pass(time.Second)
		if got := s.ids(); got[len(got)-1] != 610 || s.Now().Sub(noon()) != 61*time.Second {
			t.Errorf("going on after a minute: %d at %s", got[len(got)-1], s.Now())
		}
	})
}

// A dashboard that is slow slows the player down; nothing is lost.
func TestFullSpeedIsWhatIsTaken(t *testing.T) {
	set, err := Open(write(t, WriterOptions{}, every(20_000, time.Millisecond)...))
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		p, err := NewPlayer(set)
		if err != nil {
			t.Fatal(err)
		}
		p.Faster(int(SpeedMax))
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		s := &stage{Player: p}
		p.Run(ctx, func(piece Stretch) {
			time.Sleep(time.Second)
			s.take(piece)
			if piece.Ended {
				cancel()
			}
		})
		for i, id := range s.ids() {
			if id != i {
				t.Fatalf("message %d came as number %d", id, i)
			}
		}
		if len(s.heard) != 20_000 {
			t.Errorf("%d messages", len(s.heard))
		}
	})
}

func TestProblemsAreTold(t *testing.T) {
	path := file(t,
		`{"time":"2026-01-02T12:00:00Z","topic":"a","data":"{\"id\":0"}`,
		`bad`, `bad`, `bad`,
		`{"time":"2026-01-02T12:00:01Z","type":"missing","messages":12,"bytes":500}`,
		`{"time":"2026-01-02T12:00:01Z","topic":"a","data":"{\"id\":1"}`,
		`{"time":"2026-01-02T`)
	onStage(t, path, func(s *stage) {
		s.pass(time.Minute)
		if len(s.notes) != 3 || !strings.Contains(s.notes[0], "line 2: not a JSON object") || s.notes[1] != "missing" ||
			!strings.Contains(s.notes[2], ErrCut.Error()) || !slices.Equal(s.ids(), []int{0, 1}) || s.ended != 1 {
			t.Errorf("%q, %v", s.notes, s.heard)
		}
	})
}
