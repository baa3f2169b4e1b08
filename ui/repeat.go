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

// repeating is a message that is published again and again.
type repeating struct {
	lastPlan   string      // in the user's words
	repetition *repetition // nil while there is none
}

// repetition publishes a message again and again. Its requests share a Ref, so that
// the feed counts their outcomes, which come as events and in no other way.
type repetition struct {
	request jolt.Request // without a payload
	plan    repeat.Plan
	make    func(number uint64) (string, error)
	counts  *feed.Repeat
	outages int             // when it began
	ctx     context.Context // ends when it is to stop, with the cause
	stop    context.CancelCauseFunc
}

// Why a repetition ends early, in the words of the log.
var (
	errStopped  = errors.New("stopped")
	errRejected = errors.New("stopped at a rejection")
	errLost     = errors.New("stopped: the connection was lost")
)

// askRepeat asks how often to publish a message, or stops what runs.
func (b *publishing) askRepeat(p intent.Publish) {
	if !b.stopRepeat() && b.mayPublish() {
		b.prompt.Ask(publish.RepeatQuestion(b.lastPlan, func(plan string) kit.Intent {
			return kit.Do(func() tea.Cmd { return b.planRepeat(p, plan) })
		}))
	}
}

// planRepeat begins to repeat, once the user has said yes where that is wanted.
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
	b.confirm.Ask("publish "+inWords(p)+", "+times+"?", kit.Do(func() tea.Cmd { return b.startRepeat(p, plan) }))
	return nil
}

// startRepeat begins to repeat a message of the box, and gives the focus back: the
// user wants to see what comes of it.
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
		make:    b.maker(p),
	}
	run.ctx, run.stop = context.WithCancelCause(context.Background())
	announced := run.request
	announced.Data = p.Data
	run.counts = b.feed.Log().BeginRepeat(announced, plan.String(), plan.Times, b.now)
	run.outages = b.feed.Connection().Outages
	b.repetition = run
	b.publish.Repeats(p, run.counts)
	b.leave()
	return tea.Batch(run.publish(b.client), b.save(p))
}

// stopRepeat ends what is being repeated, and reports whether there was something.
func (b *publishing) stopRepeat() bool {
	if b.repetition == nil {
		return false
	}
	b.repetition.stop(errStopped)
	return true
}

// watchRepeat stops what is being repeated when the connection goes down, which may
// be long before the next message is due.
func (b *publishing) watchRepeat() {
	if b.repetition != nil && b.feed.Connection().Outages != b.repetition.outages {
		b.repetition.stop(errLost)
	}
}

// repeatedMsg says that a repetition has asked for its last message.
type repeatedMsg struct {
	run   *repetition
	asked uint64
	err   error // why it ended early
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

// repeatsInFlight is how many messages may be without an outcome: one with the
// broker, and one that follows it at once.
const repeatsInFlight = 2

// publish asks the client for one message after the other.
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

// answered stops when it makes no sense to go on. It runs on the goroutine that
// reads the connection.
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
