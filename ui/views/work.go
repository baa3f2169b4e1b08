package views

// Job is work that would take too long for a frame. It runs on a goroutine of
// its own and touches nothing that its view may change. What it returns is to be
// called where the view's other methods are.
type Job func() (finish func())

// worker has at most one job at a time under way. The zero value has none.
type worker struct{ busy bool }

// begin returns a job that is under way until it is finished.
func (w *worker) begin(work func() (finish func())) Job {
	w.busy = true
	return func() func() {
		finish := work()
		return func() {
			w.busy = false
			finish()
		}
	}
}

// parseAtOnce is how many bytes of JSON are parsed within the key or frame that needs
// it: 2 ms if each second byte is a value. More is a job.
const parseAtOnce = 64 << 10
