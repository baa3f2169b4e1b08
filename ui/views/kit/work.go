package kit

// Job is work that would take too long for a frame. It runs on a goroutine of
// its own and touches nothing that its view may change. What it returns is to be
// called where the view's other methods are.
type Job func() (finish func())

// Worker has at most one job at a time under way. The zero value has none.
type Worker struct{ Busy bool }

// Begin returns a job that is under way until it is finished.
func (w *Worker) Begin(work func() (finish func())) Job {
	w.Busy = true
	return func() func() {
		finish := work()
		return func() {
			w.Busy = false
			finish()
		}
	}
}

// ParseAtOnce is how many bytes of JSON are parsed within the key or frame that needs
// it: 2 ms if each second byte is a value. More is a job.
const ParseAtOnce = 64 << 10
