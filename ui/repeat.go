package ui

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/repeat"
	"joltui/jolt"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/publish"
)

// repeating is the part of publishing that repeats a message.
type repeating struct {
	lastPlan   string      // the latest plan, as the user typed it
	repetition *repetition // nil while there is none
}

// repetition publishes a message again and again. Its requests share a Ref, by which the
// feed counts their outcomes; these come only as events.
type repetition struct {
	request jolt.Request // without a payload
	plan    repeat.Plan
	make    func(number uint64) (string, error) // makes a payload
	counts  *feed.Repeat
	outages int             // how many there had been when it began
	ctx     context.Context // ends when it has to stop, with the cause
	stop    context.CancelCauseFunc
}

// Why a repetition ends early, in the words of the log.
var (
	errStopped  = errors.New("stopped")
	errRejected = errors.New("stopped at a rejection")
	errLost     = errors.New("stopped: the connection was lost")
)

// askRepeat asks how often to publish a message, or stops the repetition under way.
func (b *publishing) askRepeat(p intent.Publish) {
	if !b.stopRepeat() && b.mayPublish() {
		b.prompt.Ask(publish.RepeatQuestion(b.lastPlan, func(plan string) kit.Intent {
			return kit.Do(func() tea.Cmd { return b.planRepeat(p, plan) })
		}))
	}
}

// planRepeat begins a repetition, after asking the user if [Options.ConfirmPublish] is set.
func (b *publishing) planRepeat(p intent.Publish, text string) tea.Cmd {
	plan, err := repeat.Parse(text)
	if err != nil || !b.mayPublish() {
		return nil // the prompt has said what is wrong
	}
	b.lastPlan = text
	if !b.options.ConfirmPublish {
		return b.startRepeat(p, plan)
	}
	times := "until stopped"
	if plan.Times > 0 {
		times = human.Count(plan.Times) + " times"
	}
	b.confirm.Ask("publish "+publishWords(p)+", "+times+"?", kit.Do(func() tea.Cmd { return b.startRepeat(p, plan) }))
	return nil
}

// startRepeat begins to repeat a message of the publish box, and takes the focus from the
// box: the user wants to watch the outcomes.
func (b *publishing) startRepeat(p intent.Publish, plan repeat.Plan) tea.Cmd {
	switch {
	case b.repetition != nil:
		return nil
	case b.client == nil:
		b.note("nothing is repeated: this dashboard only watches")
		return nil
	}
	b.lastRef++
	run := &repetition{
		request: jolt.Request{Op: jolt.OpPublish, Topic: p.Topic, Ref: b.lastRef},
		plan:    plan,
		make:    b.payloadMaker(p),
	}
	run.ctx, run.stop = context.WithCancelCause(b.options.Context)
	announced := run.request
	announced.Data = p.Data
	run.counts = b.feed.Log().BeginRepeat(announced, plan.String(), plan.Times, b.now)
	run.outages = b.feed.Connection().Outages
	b.repetition = run
	b.publish.Repeats(p, run.counts)
	b.leave()
	return tea.Batch(run.publish(b.client), b.save(p))
}

// stopRepeat stops the repetition, and reports whether there was one.
func (b *publishing) stopRepeat() bool {
	if b.repetition == nil {
		return false
	}
	b.repetition.stop(errStopped)
	return true
}

// watchRepeat stops the repetition when the connection is lost, which may be long before
// the next message is due.
func (b *publishing) watchRepeat() {
	if b.repetition != nil && b.feed.Connection().Outages != b.repetition.outages {
		b.repetition.stop(errLost)
	}
}

// repeatedMsg says that a repetition has handed its last message to the client.
type repeatedMsg struct {
	run   *repetition
	asked uint64 // how many messages it has handed over
	err   error  // why it ended early
}

func (b *publishing) repeated(msg repeatedMsg) {
	why := ""
	switch {
	case errors.Is(msg.err, jolt.ErrNotConnected):
		why = errLost.Error()
	case msg.err != nil:
		why = msg.err.Error()
	}
	b.feed.Log().EndRepeat(msg.run.request, msg.asked, why, b.now)
	b.repetition = nil
}

// repeatsInFlight is how many messages may be without an outcome: one with the broker, and
// one to be sent right after it.
const repeatsInFlight = 2

// publish returns the command that hands one message after the other to the client.
func (r *repetition) publish(client Client) tea.Cmd {
	return func() tea.Msg {
		defer r.stop(nil)
		free := make(chan struct{}, repeatsInFlight)
		asked := uint64(0)
		_, err := r.plan.Run(r.ctx, func(ctx context.Context, n uint64) error {
			request := r.request
			var err error
			if request.Data, err = r.make(n); err != nil {
				return err
			}
			select {
			case free <- struct{}{}:
			case <-ctx.Done():
				return context.Cause(ctx)
			}
			asked++
			return client.Start(ctx, request, func(reply *jolt.Reply) {
				r.answered(reply)
				<-free
			})
		})
		return repeatedMsg{r, asked, err}
	}
}

// answered stops the repetition after a rejection, unless the plan says to keep going, and
// after any other outcome than an acknowledgement. The client's reader goroutine calls it.
func (r *repetition) answered(reply *jolt.Reply) {
	switch reply.Outcome {
	case jolt.Acknowledged:
	case jolt.Rejected:
		if !r.plan.KeepGoing {
			r.stop(errRejected)
		}
	default:
		r.stop(errLost)
	}
}
