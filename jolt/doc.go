// Package jolt speaks the line-JSON protocol of the Jolt message broker: a client
// that matches replies to requests and reconnects by itself, and a codec for both
// ends of the wire. It imports nothing but the standard library.
//
// # Connecting
//
// [Dial] returns when the client is up, or with what went wrong first. [New]
// returns at once and connects in the background, for programs that are to start
// without their broker. Both clients then reconnect for ever, unless
// [Config.NoReconnect] says otherwise.
//
//	client, err := jolt.Dial(ctx, jolt.Config{
//		Addr:    "127.0.0.1:8080",
//		Topics:  []string{"orders.eu"},
//		Handler: jolt.Callbacks{Message: func(m *jolt.Message) { fmt.Println(m.Data) }}.Handle,
//	})
//	if err != nil {
//		return err
//	}
//	defer client.Close()
//	err = client.Publish(ctx, "orders.eu", `{"id":1}`)
//
// A [Client] may be used by any number of goroutines, and one is enough for a
// program. [Client.Close] ends it, and leaves no goroutine behind.
//
// # Logging in, and TLS
//
// [Config.User] and [Config.Pass] are sent on every connection before anything
// else. A login that the broker has never accepted is tried once: the client ends,
// [Dial] returns the [RejectedError], and a client of New tells it as the Cause of
// its last [StateChange]. Only one that the broker was too busy for ([CodeBusy]) is
// tried again. One that is refused after it was accepted is an outage, unless
// [Config.NoLoginRetry] says otherwise. [Client.Auth] logs in later, and from then on.
//
// The protocol has no TLS, so brokers stand behind a proxy that ends it.
// [Config.TLS] wraps each connection, with the host of Addr as the name that the
// certificate must have unless ServerName is set; a client certificate goes into
// its Certificates. A password is sent only over TLS or to a loopback address, or
// else the client ends with [ErrUnsafeAuth]; [Config.InsecurePlaintextAuth] lifts
// that.
//
// # Subscribing, and the handler
//
// [Config.Topics] are there before the client is up; [Client.Subscribe] adds
// topics and [Client.Unsubscribe] ends them. Topics are exact names. All that
// happens is an [Event], and events reach [Config.Handler] in batches, one at a
// time, in the order in which they happened on the wire. A program that cares for
// few kinds uses [Callbacks] instead of a type switch.
//
// The handler runs on the goroutine that reads the connection. While it runs
// nothing is read: TCP then slows the broker down, which may close a consumer that
// is too slow, and messages published meanwhile are lost. So it should hand work
// over. What would wait there for the same client, whose reply could not be read, is
// refused with [ErrInHandler]: [Client.Publish] and the like, and [Client.Close], which
// still ends the client when the handler has returned. [Client.Start] and
// [Client.StartPublish] do not wait: with them a handler answers what it gets.
//
// # Publishing
//
// [Client.Publish] returns when the broker has answered. Nil means that the broker
// has taken the message, not that anybody has received it: nothing is stored, and
// a topic without subscribers takes messages, too.
//
// Requests go out one at a time by default, also those of different goroutines,
// because a reply does not say which request it answers. [Config.Window] sends up
// to so many together, which is as safe as the broker is orderly. [Client.Start]
// does not wait for the outcome, and with a window of some thousand acknowledges
// over a million small messages a second on one machine. [Client.Do] is what the
// other operations are made of; it returns the whole [Reply], with its times.
//
// # Outcomes, and what to retry
//
// Each request ends in exactly one [Outcome]. The client never sends one twice, so
// whether to do so is for the program to say:
//
//   - [Acknowledged], nil: done.
//   - [Rejected], a [*RejectedError]: the broker refused, and will again until
//     something changes. [RejectedError.Code] has the kind where the broker is
//     joltui's own.
//   - [NotSent], [ErrNotConnected]: safe to send again, once the client is up.
//   - [NotSent], the error of a context: it ended before the request was sent.
//     Safe to send again.
//   - [NotSent], [ErrBadTopic], [ErrInvalidUTF8], [ErrUnknownOp]: can never be sent.
//   - [NotSent], [ErrUnsafeAuth] or [ErrClosed]: not with this client.
//   - [NotSent], [ErrInHandler]: not from a handler; nothing is wrong with the client.
//   - [Unknown], [ErrUnknownOutcome]: it may have been carried out or not. Send it
//     again only if to do it twice does no harm. Subscriptions are: the client
//     itself asks again for one of unknown outcome. What was answered before the
//     connection ended is not unknown, with any window.
//
// A context that ends after a request was sent gives the caller its time back, with
// an error that wraps both its own and [ErrUnknownOutcome]. The request stays under
// way, and its outcome is still told as an event.
//
// # Reconnects, and gaps
//
// A connection ends when the network says so, when the peer falls silent
// ([ErrDeadPeer]), when a reply is overdue ([ErrNoReply]), when replies can no
// longer be matched to requests ([ErrOutOfStep]) and when the broker says why
// ([BrokerError]). The client then waits as long as [Config.Backoff] says, dials,
// logs in, asks for every subscription again and is [Up] only when all of that has
// been answered; a client with neither pings, and is up with the reply. Until then
// operations fail at once with [ErrNotConnected]. A topic that the broker refuses now
// is a rejected [Reply], and the client comes up without it, but asks again the next
// time: [Client.Forget] ends that.
//
// Nothing is stored by the broker. What was lost was published between From and To of
// a [Gap], which comes right before Up; a program that cannot do without it has to
// fetch its state anew. From is up to when everything is known to have come, so that
// a gap is never shorter than what is missing. Where the program itself had not kept
// up, which costs it its connection, the Cause is [ErrFellBehind] or the broker's
// [CodeSlowConsumer].
//
// # Time
//
// Operations have no time limit of their own; give them a context. Even without one
// they end: a request that was sent is answered, or the connection is given up,
// within [Config.ReplyTimeout] (10 s) of the reply before; a login has all of it. An
// attempt to connect takes at most [Config.ConnectTimeout] (10 s). A peer that has
// been silent for [Config.IdleTimeout] (3 s) is pinged, and given up after
// [Config.PingTimeout] (4 s) more; where messages come all the time it is pinged every
// 5 s, to know that all have come, and its reply may be as late as they are. Time that
// the handler takes, or in which the process was stopped, counts for none of these.
//
// Times in events are those of this machine: of a read that returned, or of a
// request that was handed to the connection.
//
// # Memory
//
// A connection takes 16 KiB to read into, 256 KiB where much comes, and up to 1 MiB to
// write from. A long line takes up to twice [Config.MaxLine] (16 MiB) while it is read.
// Nothing is queued for the handler; what waits to be sent is bounded by two windows
// for those who call Start, by 16,384 requests for handlers that do, and by one request
// for each caller who waits.
//
// The strings of messages share blocks of 16 KiB: a kept [Message] pins what is said at
// [Event]. Programs that keep few of many messages should [strings.Clone] what they
// keep.
//
// # Tracing
//
// [Config.Trace] is told of each line, sent or received, as it is on the wire, with
// what it was taken to mean. Passwords that are sent are ***; what a broker
// sends back should pass through [MaskPasswords] before it is shown or stored.
//
// # Testing
//
// Package joltui/broker is a broker for the same process. A test listens on
// 127.0.0.1:0, gives the listener to a Broker's Serve on a goroutine, and dials the
// listener's address; joltui/broker/brokertest does all of that, restarts included.
// For failures that no broker produces, [Config.Dial] can return one end of a
// [net.Pipe], and the test plays the broker with [ParseRequest], [AppendAck],
// [AppendError] and [AppendMessage], in fake time with testing/synctest if need be.
//
// # The protocol
//
// Plain TCP, by default on 127.0.0.1:8080. Each frame is one JSON object on a
// line of its own, UTF-8, ended by LF; CRLF is accepted and blank lines are
// ignored. A client sends requests:
//
//	{"op":"auth","user":"username","pass":"password"}
//	{"op":"sub","topic":"channel.name"}
//	{"op":"unsub","topic":"channel.name"}
//	{"op":"pub","topic":"channel.name","data":"message"}
//	{"op":"ping"}
//
// A broker sends replies and messages:
//
//	{"ok":true}
//	{"ok":false,"error":"error_message"}
//	{"topic":"channel.name","data":"message"}
//
// Every request gets exactly one reply, in the order in which the requests
// were sent. A reply carries no id and does not say which request it answers.
// Messages come between replies at any time, also before the reply to the publish
// that caused them; a publisher gets its own only if it is subscribed.
//
// A frame with a topic and data is a message, whatever else is in it, and never a
// reply, even where the line is malformed. Otherwise ok decides; without ok, an error
// with a text is one; with ok false and no text it is "unknown error". Any other object
// is an [UnknownFrame], and what is no object a [BadLine]. White space, any order of
// the keys and further keys are allowed everywhere. Data is a string; of any other JSON
// value the client gives the text. Half a surrogate pair, which programs write that cut
// a text within an emoji, stays as it is escaped, as \ud83d.
//
// Topics are exact names: there are no wildcards, and no way to list them. The
// empty topic is an error. Nothing is stored: what is published while a subscriber
// is disconnected is lost to it. To subscribe twice is no error and delivers once.
// The protocol names no limits and no list of error texts; those of joltui's own
// broker begin with one of the codes, such as [CodeForbidden], and a colon.
//
// # The codec
//
// [AppendRequest], [AppendMessage], [AppendAck] and [AppendError] write frames,
// [ParseRequest], [ParseFrame] and [ParsePublish] read them. They work on lines,
// keep no state and may be called by many goroutines at once. They are for brokers,
// proxies and tests; clients need none of them.
//
// # Map of the package
//
// wire.go and scan.go are the only place that knows frames, both ways; published.go
// reads a publish on its way through a broker, decoder.go the usual frames, fast, and
// loose.go messages of any other shape, both by the walk through an object of
// members.go; garbled.go tells whether a line that cannot be read was at least no reply, foreign.go
// whether what answers speaks something else than Jolt,
// run_amd64.s finds the end of plain characters, 16 at a time, as run_other.go does in
// Go, and lines.go cuts the stream into lines, within a memory bound. client.go and
// state.go are the Client and what it knows across connections; reconnect.go is its
// manager goroutine, backoff.go how long that waits, handshake.go login and
// resubscription. session.go reads and writes one connection, on socket.go, and
// silence.go knows when it is dead; replies.go says which event a line is and which
// request it answers; calls.go queues requests and gives each its reply, start.go does
// not wait for it, inside.go notices calls from a handler. emitter.go and slab.go call
// the handler, a batch at a time; trace.go tells of every line, and mask.go takes
// passwords out.
package jolt
