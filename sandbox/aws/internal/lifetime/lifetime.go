// Package lifetime ends the plugin when the engine that started it is gone, however
// that came about. A plugin left behind would hold a provider process of 250 MB.
package lifetime

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// interval is how often the parent is looked at where the kernel gives no notice.
const interval = time.Second

// Bound returns a context that ends with the parent process or with a signal that asks
// this process to end.
func Bound(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(parent, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT)
	askForNotice()
	go watch(ctx, stop, os.Getppid, interval)
	return ctx, stop
}

// watch calls gone once the parent is another process than at the start: an orphan is
// given to another parent at once.
func watch(ctx context.Context, gone func(), parent func() int, every time.Duration) {
	first := parent()
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
			if parent() != first {
				gone()
				return
			}
		}
	}
}
