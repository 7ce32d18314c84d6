// Command app is a small HTTP service that shows what the platform asks of an
// application: it says that it lives, whether it is ready and what version it is, and
// leaves without dropping what it has begun.
package main

import (
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"syscall"
	"time"

	"example.com/app/internal/selfsigned"
	"example.com/app/internal/server"
	"example.com/app/internal/service"
	"example.com/app/internal/settings"
)

// What was built, by `-ldflags "-X main.version=... -X main.commit=..."`.
var (
	version = "development"
	commit  = ""
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	// From the first signal on, the next one ends the process at once.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}

// run is the whole program; it returns the exit code.
func run(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	set, err := settings.Read(args, getenv, errs)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		_, _ = fmt.Fprintln(errs, err)
		return 2
	case set.ShowVersion:
		_, _ = fmt.Fprintln(out, version, built())
		return 0
	}
	log := slog.New(slog.NewJSONHandler(out, nil))
	if err := serve(ctx, set, log); err != nil {
		log.Error("ended", "error", err.Error())
		return 1
	}
	log.Info("ended")
	return 0
}

// serve listens and answers until ctx is done.
func serve(ctx context.Context, set settings.Settings, log *slog.Logger) error {
	certificates, err := certificates(set)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort("", strconv.Itoa(set.Port)))
	if err != nil {
		return fmt.Errorf("port: %d: cannot be listened on: %w", set.Port, err)
	}
	scheme := "http"
	if len(certificates) > 0 {
		scheme = "https"
		// Load balancers speak TLS 1.2 and 1.3 to their targets.
		listener = tls.NewListener(listener, &tls.Config{Certificates: certificates, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}})
	}
	log.Info("listening", "address", listener.Addr().String(), "scheme", scheme, "version", version, "commit", built(), "color", set.Color)
	app := service.New(service.About{Version: version, Commit: built(), Color: set.Color}, log)
	return server.Run(ctx, listener, app, server.Options{
		BasePath: set.BasePath, Drain: set.Drain, Shutdown: set.Shutdown, Log: log,
		// An application with data stores connects to them here; it is not ready before.
		Prepare: func(context.Context) error { return nil },
	})
}

// certificates are what the settings ask for; none: plain HTTP.
func certificates(set settings.Settings) ([]tls.Certificate, error) {
	switch {
	case set.TLSSelfSigned:
		made, err := selfsigned.Certificate(time.Now())
		return []tls.Certificate{made}, err
	case set.TLSCertFile != "":
		read, err := tls.LoadX509KeyPair(set.TLSCertFile, set.TLSKeyFile)
		if err != nil {
			return nil, fmt.Errorf("tls-cert-file: %s: cannot be used: %w", set.TLSCertFile, err)
		}
		return []tls.Certificate{read}, nil
	}
	return nil, nil
}

// built is the commit that the linker was told, or that Go found in the repository.
func built() string {
	if commit != "" {
		return commit
	}
	if info, known := debug.ReadBuildInfo(); known {
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				return setting.Value
			}
		}
	}
	return "unknown"
}
