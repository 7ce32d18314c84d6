package lifetime

import (
	"context"
	"os"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

func TestWatchEndsWithAnotherParent(t *testing.T) {
	t.Parallel()
	var parent atomic.Int64
	parent.Store(42)
	asked := make(chan struct{}, 100)
	gone := make(chan struct{})
	go watch(t.Context(), func() { close(gone) }, func() int {
		select {
		case asked <- struct{}{}:
		default:
		}
		return int(parent.Load())
	}, time.Millisecond)
	for range 5 {
		<-asked
	}
	select {
	case <-gone:
		t.Fatal("the watch ended although the parent lives")
	default:
	}
	parent.Store(1)
	select {
	case <-gone:
	case <-time.After(5 * time.Second):
		t.Fatal("the watch did not see the parent go")
	}
}

func TestWatchEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	watch(ctx, func() { t.Error("the parent is not gone") }, os.Getppid, time.Hour)
}

// TestSignalEndsTheContext signals this very process, so it does not run beside others.
func TestSignalEndsTheContext(t *testing.T) { //nolint:paralleltest // see above
	ctx, stop := Bound(t.Context())
	defer stop()
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case <-ctx.Done():
	case <-time.After(5 * time.Second):
		t.Fatal("SIGTERM did not end the context")
	}
}
