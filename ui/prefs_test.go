package ui

import (
	"errors"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"joltui/ui/layout"
	"joltui/ui/theme"
)

// drawer is a [PrefStore] in memory.
type drawer struct {
	prefs Prefs
	err   error
	saves int
}

func (d *drawer) Load() (Prefs, error) { return d.prefs, d.err }

func (d *drawer) Save(p Prefs) error {
	d.saves++
	if d.err == nil {
		d.prefs = p
	}
	return d.err
}

// remembering returns a dashboard that has loaded its preferences.
func remembering(t *testing.T, d *drawer, o Options) *screen {
	o.Prefs = d
	s := watchOrders(t, 120, 40, o)
	s.send(s.model.preferences.loadPrefs()())
	return s
}

func TestPrefsOutliveTheProgram(t *testing.T) {
	d := &drawer{}
	s := remembering(t, d, Options{})
	if d.saves != 0 {
		t.Error("saved, though nothing has changed")
	}
	s.press("L", ">", "=", "w", "t", "ctrl+t", "m")
	s.typedCommand("json plain")
	if got := (Prefs{Layout: "focus", Splits: d.prefs.Splits, Theme: theme.Dark, Times: "relative", Wrap: true, Mouse: true, Plain: true}); d.prefs != got {
		t.Errorf("saved %+v", d.prefs)
	}
	again := remembering(t, d, Options{})
	if again.model.preferences.prefs() != s.model.preferences.prefs() || again.model.preferences.prefs() != d.prefs {
		t.Errorf("left as %+v, found as %+v", s.model.preferences.prefs(), again.model.preferences.prefs())
	}
	if again.model.View() != s.model.View() && again.model.layout.Log != s.model.layout.Log {
		t.Error("it does not look the same")
	}
	if again.model.theming.theme != theme.Dark || !again.model.pointing.mouse.on {
		t.Error("the theme or the mouse is not as it was left")
	}
}

func TestAThemeOfTheCommandLineIsForThisRunOnly(t *testing.T) {
	d := &drawer{prefs: Prefs{Theme: theme.Dark}}
	s := remembering(t, d, Options{Theme: theme.Light, Renderer: renderer(termenv.TrueColor, true)})
	s.press("w")
	if s.model.theming.theme != theme.Light || d.prefs.Theme != theme.Dark {
		t.Errorf("in force %s, saved %s", s.model.theming.theme, d.prefs.Theme)
	}
	s.press("ctrl+t")
	if d.prefs.Theme != theme.Contrast {
		t.Errorf("the one that was chosen is saved as %s", d.prefs.Theme)
	}
}

func TestPrefsThatCannotBeReadAreSaidOnce(t *testing.T) {
	d := &drawer{err: errors.New("line 1 is no JSON")}
	s := remembering(t, d, Options{})
	s.contains("what was remembered of the screen is not used: line 1 is no JSON", " Topics ")
	if d.saves != 0 {
		t.Error("saved at once")
	}
}

func TestPrefsThatCannotBeSavedAreSaid(t *testing.T) {
	d := &drawer{}
	s := remembering(t, d, Options{})
	d.err = errors.New("the disk is full")
	s.press("w")
	s.contains("how the screen looks is not remembered: the disk is full")
	s.pass(10 * sayTime)
	if d.saves != 1 {
		t.Errorf("tried %d times", d.saves)
	}
}

func TestPrefsThatMakeNoSense(t *testing.T) {
	d := &drawer{prefs: Prefs{Layout: "round", Times: "always", Theme: "blue", Wrap: true, Splits: layout.Splits{Topics: -4, Log: 1e300}}}
	s := remembering(t, d, Options{})
	s.press("tab", "tab", "k", "f") // all of the log
	s.logSays(`no layout is called "round"`, `no times are called "always"`)
	if !s.model.streamOptions.Wrap || s.model.theming.theme != theme.Auto {
		t.Error("what makes sense is not used, or what makes none is")
	}
}

func TestOneSaveAtATime(t *testing.T) {
	d := &drawer{}
	s := remembering(t, d, Options{})
	_, first := s.model.Update(keyMsg(t, "w"))
	if _, second := s.model.Update(keyMsg(t, "t")); second != nil {
		t.Fatal("two saves at once")
	}
	s.run(first)
	if d.saves != 2 || d.prefs.Times != "relative" || !d.prefs.Wrap {
		t.Errorf("%d saves, the last of %+v", d.saves, d.prefs)
	}
}

func TestADragIsSavedWhenItEnds(t *testing.T) {
	d := &drawer{}
	s := remembering(t, d, Options{})
	s.press("m")
	saves := d.saves
	s.mouse(s.model.layout.Topics.W-1, 8, tea.MouseButtonLeft, tea.MouseActionPress)
	for x := 40; x < 60; x++ {
		s.mouse(x, 8, tea.MouseButtonLeft, tea.MouseActionMotion)
	}
	if d.saves != saves {
		t.Error("saved on the way")
	}
	s.mouse(59, 8, tea.MouseButtonLeft, tea.MouseActionRelease)
	if d.saves != saves+1 || d.prefs.Splits.Topics != 0.5 {
		t.Errorf("saved %d times: %+v", d.saves-saves, d.prefs.Splits)
	}
}

func TestInitLoadsThePrefs(t *testing.T) {
	s := newScreen(t, 120, 40, Options{Prefs: &drawer{prefs: Prefs{Layout: "tiles"}}})
	batch := s.model.Init()().(tea.BatchMsg)
	s.send(batch[len(batch)-1]())
	if s.model.kind != layout.Tiled {
		t.Errorf("the layout is %s", s.model.kind)
	}
	if s := newScreen(t, 120, 40, Options{}); strings.Contains(s.model.View(), "remembered") {
		t.Error("a dashboard without a store speaks of it")
	}
}

// The terminal is asked for its background once, and only for the automatic theme: not
// before it is known which theme was left, nor where another one was asked for.
func TestOnlyTheAutomaticThemeAsksForTheBackground(t *testing.T) {
	for name, tt := range map[string]struct {
		left, wanted theme.Theme
		keys         []string
		asked        int
	}{
		"nothing was left":      {asked: 1},
		"automatic":             {left: theme.Auto, keys: []string{"w", "t"}, asked: 1},
		"another one":           {left: theme.Light},
		"and back to automatic": {left: theme.None, keys: []string{"ctrl+t"}, asked: 1},
		"not for this run":      {left: theme.Auto, wanted: theme.Dark},
		"for this run":          {left: theme.Dark, wanted: theme.Auto, asked: 1},
	} {
		asked := 0
		s := remembering(t, &drawer{prefs: Prefs{Theme: tt.left}}, Options{Theme: tt.wanted, AskBackground: func() { asked++ }})
		s.press(append(tt.keys, "w")...)
		if asked != tt.asked {
			t.Errorf("%s: asked %d times", name, asked)
		}
	}
}

func TestTheTerminalsAnswerChangesTheAutomaticTheme(t *testing.T) {
	s := newScreen(t, 100, 30, Options{Renderer: renderer(termenv.TrueColor, true)})
	s.send(tea.WindowSizeMsg{Width: 100, Height: 30})
	dark := s.model.View()
	s.send(Background{Dark: false})
	light := s.model.View()
	s.send(Background{Dark: true})
	if light == dark || s.model.View() != dark {
		t.Error("the screen is not painted for the background")
	}
}
