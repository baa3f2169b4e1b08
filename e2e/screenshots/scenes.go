package main

import "os/exec"

// scene is a picture and how to get to it.
type scene struct {
	name          string
	width, height int
	args          []string
	steps         []step
}

// step presses keys, then waits until every text is on the screen.
type step struct {
	keys string
	see  []string
}

func press(keys string, see ...string) step { return step{keys, see} }

const enter = "\r"

// scenes are the pictures of the README. All but the first begin with the demo
// after a few seconds of traffic.
func scenes() []scene {
	demo := func(name string, steps ...step) scene {
		flowing := press("", "connected 8 s", "chat.room")
		return scene{name, 120, 34, []string{"demo", "--no-tour"}, append([]step{flowing}, steps...)}
	}
	toOrders := press("jjjj"+enter, "┏ orders.eu")
	inspect := press("kk"+enter, `"customer"`)
	wide := func(s scene) scene {
		s.width, s.height = 160, 40
		return s
	}
	return []scene{
		demo("dashboard", toOrders,
			press("p", "┏ Publish"), press(`{"id":1,"status":"new"}`+enter, "✓ ok")),
		demo("filter", toOrders,
			press("/", "filter /"), press("\t", "jq"), press(`.status == "failed" and .amount > 20`+enter, "hits"),
			press("x", "dim"), press("N", "▸")),
		demo("inspector", toOrders, inspect, press(enter, "┏ orders.eu"), press("jjj", ".amount")),
		wide(demo("detail", toOrders, inspect, press("kkk", `"customer"`))),
		demo("table", toOrders, press("|", "amount"), press("", "connected 14 s")),
		demo("overview", press("A", "At a glance"), press("", "steady")),
		demo("help", toOrders, press("?", "Messages")),
		demo("diff", toOrders, press("kk", "▸"), press("d", "~")),
		demo("watch", toOrders,
			press("W", "Watched"), press("a", "watch"), press(".amount in orders.*"+enter, "amount"),
			press("t", "alert when"), press("> 150"+enter, "> 150"), press("", "connected 30 s", "alert")),
		demo("tiles", press("jjvjvjvj"+"\t", "◫")),
		demo("wire", toOrders, press("i", "Wire"), press("", "message on")),
		demo("palette", toOrders, press(":", "Commands"), press("re", "record")),
	}
}

// play runs a scene and returns its picture.
func (s scene) play(binary string) ([]byte, error) {
	t, err := open(exec.Command(binary, s.args...), s.width, s.height)
	if err != nil {
		return nil, err
	}
	defer t.close()
	for _, step := range s.steps {
		if err := t.press(step.keys); err != nil {
			return nil, err
		}
		if err := t.waitFor(step.see); err != nil {
			return nil, err
		}
	}
	return svg(t.cells()), nil
}
