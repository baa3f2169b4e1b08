package kit

// Job is work that would take too long for a frame. It runs on a goroutine of its own and
// touches nothing that its pane may change. It returns a function that hands the result
// to the pane, and is called within Update like all methods of the pane.
type Job func() (finish func())

// Worker sees to it that a pane has at most one job under way: the pane begins none while
// Busy is true.
type Worker struct{ Busy bool }

// Begin returns a job, and sets Busy until the job is finished.
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

// ParseAtOnce is how many bytes of JSON are parsed at once, within Update: it takes 2 ms
// if each second byte is a value. Parsing more is a job.
const ParseAtOnce = 64 << 10
