package trial

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"aws-platform/sandbox/internal/stacks"
)

// Figure is what one step of a deployment took.
type Figure struct {
	Step   string
	Took   time.Duration
	PeakMB int // resident memory of all processes together, at its highest
}

// The steps whose ratio says what a second environment costs.
const (
	oneAlone = "production alone, into an empty cloud (the control planes of both run)"
	twoAlong = "production and production-pci in parallel, into an empty cloud"
)

// Bench measures the life of the estate: one environment from nothing, two from
// nothing, the rest, up again, destroy.
func (t *Trial) Bench(ctx context.Context) ([]Figure, error) {
	end, err := t.begin()
	if err != nil {
		return nil, err
	}
	defer func() { end() }()
	// moto keeps cache subnet groups: what was destroyed cannot be made again in the same cloud.
	anew := func() (err error) {
		end()
		if end, err = t.begin(); err != nil {
			end = func() {}
			return err
		}
		return t.sandbox(ctx, "up", "--no-deploy")
	}
	var figures []Figure
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"an empty cloud and two control planes", func() error { return t.sandbox(ctx, "up", "--no-deploy") }},
		{oneAlone, func() error { return t.deploy(ctx, stacks.Production) }},
		{"destroy it", func() error { return t.teardown(ctx, stacks.Production) }},
		{"another empty cloud", anew},
		{twoAlong, func() error { return t.deploy(ctx, stacks.Production, stacks.ProductionPCI) }},
		{"up: the peering, and every check from outside", func() error { return t.sandbox(ctx, "up") }},
		{"up again, nothing to change", func() error { return t.sandbox(ctx, "up") }},
		{"pulumi up of each stack in turn, nothing to change", func() error {
			return t.onEach(ctx, stacks.Default, "up", "--yes", "--skip-preview", "--expect-no-changes")
		}},
		{"destroy", func() error { return t.teardown(ctx, stacks.Default...) }},
		{"down", func() error { return t.sandbox(ctx, "down") }},
	} {
		figure, err := t.measure(step.name, step.do)
		if err != nil {
			return figures, err
		}
		figures = append(figures, figure)
	}
	return figures, nil
}

// Ratio is how long two environments in parallel took, one alone being 1.
func Ratio(figures []Figure) float64 {
	took := map[string]float64{}
	for _, figure := range figures {
		took[figure.Step] = figure.Took.Seconds()
	}
	return took[twoAlong] / took[oneAlone]
}

// deploy brings stacks up, as `sandbox up` does, without looking at the result.
func (t *Trial) deploy(ctx context.Context, list ...stacks.Stack) error {
	pulumi, err := t.pulumi()
	if err != nil {
		return err
	}
	return pulumi.Deploy(ctx, t.Printer, list)
}

// measure runs do and samples the memory of the trial's processes meanwhile.
func (t *Trial) measure(step string, do func() error) (Figure, error) {
	const interval = 500 * time.Millisecond
	stop, peak := make(chan struct{}), make(chan int)
	go func() {
		highest := 0
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				highest = max(highest, t.residentMB())
			case <-stop:
				peak <- highest
				return
			}
		}
	}()
	began := time.Now()
	err := do()
	took := time.Since(began)
	close(stop)
	return Figure{Step: step, Took: took, PeakMB: <-peak}, err
}

// teardown destroys the stacks, the last wave first. What holds data is
// protected, so the protection is lifted before, on purpose.
func (t *Trial) teardown(ctx context.Context, list ...stacks.Stack) error {
	if err := t.liftDeletionProtection(ctx); err != nil {
		return err
	}
	waves := stacks.Waves(list)
	slices.Reverse(waves)
	for _, wave := range waves {
		group, inner := errgroup.WithContext(ctx)
		for _, stack := range wave {
			one := []stacks.Stack{stack}
			group.Go(func() error {
				if err := t.onEach(inner, one, "state", "unprotect", "--all", "--yes"); err != nil {
					return err
				}
				return t.onEach(inner, one, "destroy", "--yes", "--skip-preview")
			})
		}
		if err := group.Wait(); err != nil {
			return err
		}
	}
	return t.keptByDestroy(ctx, list)
}
