// Package views holds no code of its own: it is the floor of the panes, one package
// each, which draw what a [joltui/internal/feed.Feed] knows and turn keys into intents.
//
// A pane is built of the pieces of package kit, which knows neither feed nor client, and
// asks the dashboard for what it cannot do itself with an intent: one of its own, or one
// of package intent where several panes ask for the same. No pane imports another one, and
// none calls the client: what a pane knows of jolt are its events and outcomes.
// Begin reading with kit/line.go and kit/list.go, then with any pane's page.go or pane.go.
package views
