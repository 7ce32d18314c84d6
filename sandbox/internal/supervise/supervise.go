// Package supervise keeps the local cloud running and makes sure that it ends.
//
// One supervisor owns one AWS emulator. `sandbox up` starts it in a session of
// its own, holding the write end of a pipe to it, the lifeline. While the
// lifeline has not said "keep", its end means that `up` is gone (finished in
// error, interrupted, its terminal closed, killed), and the supervisor takes
// the cloud down. After "keep" it runs until it is told to stop. If the
// supervisor itself is killed, the kernel kills the emulator with it (Linux);
// elsewhere the next `up` or `down` finds the emulator in run.json.
package supervise

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"aws-platform/sandbox/internal/datakey"
	"aws-platform/sandbox/internal/kubernetes"
	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/process"
	"aws-platform/sandbox/internal/secretservice"
	"aws-platform/sandbox/internal/subscriber"
)

// keepWord on the lifeline makes the cloud outlive its starter.
const keepWord = "keep"

// Config is what a supervisor needs to run.
type Config struct {
	Layout layout.Layout
	Moto   string    // the emulator's executable
	Life   io.Reader // the lifeline, see the package comment
	// Report receives one line: "ready", or why the cloud did not start.
	Report io.WriteCloser
}

// errAbandoned and errMotoEnded say why a supervisor stops; neither is a
// failure of the supervisor.
var (
	errAbandoned = errors.New("whoever started the sandbox is gone")
	errMotoEnded = errors.New("the AWS emulator ended")
)

// Run starts the cloud, reports, and blocks until it has taken it down again:
// when ctx ends, the emulator dies or the lifeline breaks.
func Run(ctx context.Context, cfg Config) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	go watchLifeline(cfg.Life, end)

	// Last of all: as long as the record is there, others wait for what it names to end.
	recorded := false
	defer func() {
		if recorded {
			_ = os.Remove(cfg.Layout.RunFile())
		}
	}()
	certificate, err := subscriber.Certificate(cfg.Layout.SubscriberCertificate())
	if err != nil {
		return report(cfg.Report, err)
	}
	cloud, err := startMoto(ctx, cfg.Moto, cfg.Layout.LogFile("moto"), cfg.Layout.SubscriberCertificate())
	if err != nil {
		return report(cfg.Report, err)
	}
	defer cloud.stop()
	record, fleet, err := open(ctx, cfg.Layout, cloud)
	defer fleet.Stop()
	if err == nil {
		record.Subscriber, err = listen(cfg.Layout, record.Endpoint, certificate)
	}
	if err == nil {
		err = record.write(cfg.Layout)
		recorded = err == nil
	}
	if err := report(cfg.Report, err); err != nil {
		return err
	}

	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case err := <-cloud.ended:
		return errors.Join(errMotoEnded, err)
	}
}

// watchLifeline ends the supervisor when the lifeline breaks before it said
// "keep".
func watchLifeline(life io.Reader, end context.CancelCauseFunc) {
	lines := bufio.NewScanner(life)
	for lines.Scan() {
		if lines.Text() == keepWord {
			return
		}
	}
	end(errAbandoned)
}

// report tells the starter how it went and hangs up.
func report(to io.WriteCloser, err error) error {
	line := "ready\n"
	if err != nil {
		line = err.Error() + "\n"
	}
	_, werr := io.WriteString(to, line)
	return errors.Join(err, werr, to.Close())
}

// open lets others reach the cloud: the emulator by its gate, the secrets service,
// and the Kubernetes control planes, which start when they are asked for. The ports are
// served until the process ends.
func open(ctx context.Context, l layout.Layout, cloud *moto) (Record, *kubernetes.Fleet, error) {
	record := Record{Root: l.Root, Moto: cloud.identity, Started: time.Now().UTC().Truncate(time.Second)}
	fleet := kubernetes.New(kubernetes.Options{Bin: l.Bin(), Dir: l.Kubernetes(), Logs: l.Log(), Authenticator: func(environment string) (http.Handler, error) {
		return authenticator(l, record.Endpoint, environment)
	}})
	var err error
	if record.Supervisor, err = process.Self(); err != nil {
		return record, fleet, err
	}
	way, err := newGate(cloud.endpoint, log.New(os.Stderr, "gate: ", log.LstdFlags))
	if err != nil {
		return record, fleet, err
	}
	secrets, err := secretservice.New()
	if err != nil {
		return record, fleet, err
	}
	for _, service := range []struct {
		url     *string
		handler http.Handler
	}{
		{&record.Endpoint, datakey.Handler(l.Root, way)},
		{&record.Secrets, secrets.Handler()},
		{&record.Clusters, clusterStarter(ctx, fleet)},
	} {
		listener, err := serve(service.handler)
		if err != nil {
			return record, fleet, err
		}
		*service.url = address(listener)
	}
	return record, fleet, nil
}

// listen starts the subscriber of alarms and returns its URL. It ends with the process.
func listen(l layout.Layout, endpoint string, certificate tls.Certificate) (string, error) {
	messages, err := os.Create(l.SubscriberLog())
	if err != nil {
		return "", fmt.Errorf("log of the subscriber: %w", err)
	}
	return subscriber.New(subscriber.Options{
		Log: messages, Confirm: strings.TrimPrefix(endpoint, "http://"), Complaints: log.New(os.Stderr, "subscriber: ", log.LstdFlags),
	}).Serve(certificate)
}
