// Package server runs a service on a listener from its start to its graceful end.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"example.com/app/internal/service"
)

// How long a client may take. A load balancer keeps idle connections for 60 s unless
// configured; the server has to keep them longer, or it closes one on which a request is
// on its way, and the client gets 502.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 120 * time.Second
	mostHeaders   = 32 << 10
)

// Options say how a service runs.
type Options struct {
	BasePath string
	// Drain is how long the service still answers, not ready, when it is told to leave;
	// Shutdown how long what has begun may take after that.
	Drain, Shutdown time.Duration
	// Prepare is what must be done before the service is ready.
	Prepare func(context.Context) error
	Log     *slog.Logger
}

// Run serves until ctx is done. It is an error when what had begun did not end in time.
func Run(ctx context.Context, listener net.Listener, app *service.Service, options Options) error {
	server := &http.Server{
		Handler:           app.Handler(options.BasePath),
		ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: mostHeaders,
		ErrorLog:       slog.NewLogLogger(options.Log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	if err := options.Prepare(ctx); err != nil && ctx.Err() == nil {
		_ = server.Close() // the reason for the end is the other one
		return fmt.Errorf("the service could not start: %w", err)
	}
	app.Ready()
	options.Log.Info("ready")
	select {
	case err := <-ended:
		return fmt.Errorf("the listener failed: %w", err)
	case <-ctx.Done():
	}
	return leave(server, app, options)
}

// leave waits until nobody sends any more, then until what has begun is done.
func leave(server *http.Server, app *service.Service, options Options) error {
	app.Drain()
	options.Log.Info("leaving", "drain", options.Drain.String(), "shutdown", options.Shutdown.String())
	time.Sleep(options.Drain)
	// Of its own: the one that ended is what started this.
	deadline, cancel := context.WithTimeout(context.Background(), options.Shutdown)
	defer cancel()
	if err := server.Shutdown(deadline); err != nil {
		return errors.Join(fmt.Errorf("requests were cut off after %s: %w", options.Shutdown, err), server.Close())
	}
	return nil
}
