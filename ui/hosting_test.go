package ui

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"joltui/jolt"
)

// fakeOwn is a broker of this program that does nothing.
type fakeOwn struct {
	refusal string
	err     error // of Start
	started []bool
	status  OwnStatus
}

func (o *fakeOwn) Refusal() string   { return o.refusal }
func (o *fakeOwn) Status() OwnStatus { return o.status }

func (o *fakeOwn) Start(sample bool) ([]string, error) {
	o.started = append(o.started, sample)
	if o.err != nil {
		return nil, o.err
	}
	o.status = OwnStatus{Addr: address, Here: true}
	if sample {
		return []string{"orders.eu", "payroll"}, nil
	}
	return nil, nil
}

// lonely returns a dashboard that finds no broker.
func lonely(t *testing.T, w, h int, own *fakeOwn) *screen {
	s := newScreen(t, w, h, Options{Addr: address, Topics: []string{"orders.eu"}, OwnBroker: own, Profiles: someProfiles(), ProfilesFile: "joltui.toml"})
	s.events(down(s.now, 3, 3*time.Second, refused()))
	return s
}

func TestGoldenOwnBroker(t *testing.T) {
	taken := errors.New(address + " is in use by something that is not a Jolt broker: stop it, or choose another port with --port")
	for _, size := range [][2]int{{80, 24}, {160, 50}} {
		for name, own := range map[string]*fakeOwn{
			"offered":  {},
			"taken":    {err: taken},
			"not here": {refusal: address + " is not an address of this machine alone"},
		} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size[0], size[1]), func(t *testing.T) {
				s := lonely(t, size[0], size[1], own)
				if own.err != nil {
					s.press("H")
				}
				s.golden()
			})
		}
	}
}

// One key starts a broker where there is none; the client connects by itself.
func TestABrokerIsStartedFromThePage(t *testing.T) {
	own := &fakeOwn{}
	s := lonely(t, 120, 40, own)
	s.press("H")
	if len(own.started) != 1 || own.started[0] {
		t.Fatalf("started: %v, want once, without samples", own.started)
	}
	s.contains("a broker of this program runs at "+address, "it ends with the dashboard")
	s.lacks("H  start a broker here", "Tour")
	s.press("H")
	if len(own.started) != 1 {
		t.Errorf("a second one was started")
	}
	s.contains("this program runs a broker already")
	s.events(up(1))
	s.pass(sayTime)
	s.contains("● connected", "own broker")
	if len(s.client.requests) != 0 {
		t.Errorf("the client was asked for %v", s.client.requests)
	}
}

// The demo is a broker with services, whose topics are subscribed to once there is a
// connection; the tour begins.
func TestTheDemoIsStartedFromThePage(t *testing.T) {
	own := &fakeOwn{}
	s := lonely(t, 120, 40, own)
	s.press("T")
	if len(own.started) != 1 || !own.started[0] {
		t.Fatalf("started: %v, want once, with samples", own.started)
	}
	if len(s.client.requests) != 0 {
		t.Fatalf("asked for %v without a connection", s.client.requests)
	}
	s.contains("Tour, 1 of 4")
	s.events(up(1))
	if r := s.client.last(t); len(s.client.requests) != 1 || r.Op != jolt.OpSubscribe || r.Topic != "payroll" {
		t.Errorf("the client was asked for %v, want the topic that it does not have by itself", s.client.requests)
	}
}

// Where a broker could not help, none is offered, and the key says why.
func TestNoBrokerIsStarted(t *testing.T) {
	no := &jolt.RejectedError{Op: jolt.OpAuth, Text: "auth_failed: no"}
	for name, tt := range map[string]struct {
		own   fakeOwn
		event jolt.Event
		want  string
	}{
		"not loopback":     {fakeOwn{refusal: "h:1 is not an address of this machine alone"}, down(noon(), 1, time.Second, refused()), "not an address of this machine"},
		"refused":          {fakeOwn{}, down(noon(), 1, time.Second, no), "something answers at"},
		"refused for good": {fakeOwn{}, &jolt.StateChange{At: noon(), State: jolt.Closed, Cause: no}, "something answers at"},
		"not Jolt":         {fakeOwn{}, down(noon(), 1, time.Second, jolt.ErrOutOfStep), "something answers at"},
		"connected":        {fakeOwn{}, up(1), "connected to it"},
		"runs":             {fakeOwn{status: OwnStatus{Addr: address}}, down(noon(), 1, time.Second, refused()), "runs a broker already"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t, 120, 40, Options{Addr: address, OwnBroker: &tt.own})
			s.events(tt.event)
			s.lacks("H  start a broker here", "T  try the demo")
			for _, key := range []string{"H", "T"} {
				s.press(key)
				s.contains(" ─ ", tt.want)
			}
			if len(tt.own.started) > 0 {
				t.Error("one was started")
			}
		})
	}
}

// Why it could not be started is in the page, and the keys stay.
func TestABrokerThatCannotBeStarted(t *testing.T) {
	own := &fakeOwn{err: errors.New("the port is \x1b[31mtaken")}
	s := lonely(t, 120, 40, own)
	s.press("H")
	s.contains("✗ not started: the port is", `\x1b[31mtaken`, "start a broker here")
	own.err = nil
	s.press("H")
	s.contains("a broker of this program runs")
}

// One that ends by itself is told, once.
func TestABrokerThatEnds(t *testing.T) {
	own := &fakeOwn{}
	s := lonely(t, 120, 40, own)
	s.press("H")
	s.events(up(1))
	own.status = OwnStatus{Err: errors.New("no descriptors")}
	s.pass(2 * time.Second)
	s.contains("the broker of this program has ended: no descriptors")
	s.lacks("own broker")
}

// Quitting says what ends with the broker if others are connected, and quits at the next
// press.
func TestQuittingEndsTheBroker(t *testing.T) {
	own := &fakeOwn{}
	s := lonely(t, 80, 24, own)
	s.press("H")
	s.events(up(1))
	own.status.Others = 2
	s.press("q")
	if s.quit {
		t.Fatal("it quit though others are connected")
	}
	s.contains("q again quits; ended or lost: the broker, with 2 other clients")
	s.press("q")
	if !s.quit {
		t.Error("the second key did not quit")
	}

	own.status.Others = 0
	s.quit = false
	s.pass(sayTime)
	if s.press("q"); !s.quit {
		t.Error("it asks though nobody else is connected")
	}
}

// Without an OwnBroker there are no keys for it.
func TestWithoutAnOwnBroker(t *testing.T) {
	s := newScreen(t, 120, 40, Options{Addr: address})
	s.events(down(s.now, 3, 3*time.Second, refused()))
	s.press("H", "T")
	s.lacks("H  start a broker here", "no broker started")
	s.contains("joltui demo")
}
