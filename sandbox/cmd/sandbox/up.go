package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"aws-platform/sandbox/internal/progress"
	"aws-platform/sandbox/internal/shellenv"
	"aws-platform/sandbox/internal/stacks"
	"aws-platform/sandbox/internal/subscriber"
	"aws-platform/sandbox/internal/supervise"
	"aws-platform/sandbox/internal/toolchain"
)

// upOptions are the flags of `sandbox up`.
type upOptions struct {
	noDeploy bool
	names    []string
}

func upCommand() *cobra.Command {
	var options upOptions
	command := &cobra.Command{
		Use:   "up",
		Short: "Start the local cloud, deploy the stacks into it, verify them from outside",
		Args:  cobra.NoArgs,
		RunE:  func(command *cobra.Command, _ []string) error { return up(command, options) },
	}
	command.Flags().BoolVar(&options.noDeploy, "no-deploy", false, "start an empty cloud only")
	command.Flags().StringSliceVar(&options.names, "stacks", stackNames(stacks.Default), "stacks to deploy")
	return command
}

// up is the whole of `make up`. The cloud it started ends with this process,
// however that ends, unless it says at last that it is to be kept.
func up(command *cobra.Command, options upOptions) error {
	wanted, err := parseStacks(options.names)
	if err != nil {
		return err
	}
	a, release, err := openLocked(command)
	if err != nil {
		return err
	}
	defer release()
	ctx, began := command.Context(), time.Now()

	cloud, pulumi, tools, err := a.start(ctx, wanted)
	if err != nil {
		return err
	}
	defer cloud.Abandon()
	if err := a.startClusters(ctx, cloud, wanted); err != nil {
		return a.keepForRepair(ctx, cloud, err)
	}
	if options.noDeploy {
		a.printer.Linef("%-16s an empty cloud runs at %s", "cloud", cloud.Record.Endpoint)
		return cloud.Keep()
	}
	if err := pulumi.Deploy(ctx, a.printer, wanted); err != nil {
		return a.keepForRepair(ctx, cloud, err)
	}
	if err := a.verifyStep(ctx, pulumi, wanted, false); err != nil {
		return a.keepForRepair(ctx, cloud, err)
	}
	if err := a.summary(ctx, pulumi, tools, wanted); err != nil {
		return a.keepForRepair(ctx, cloud, err)
	}
	a.printer.Linef("\n%s in all. Next:\n%s", progress.Round(time.Since(began)), nextSteps)
	return cloud.Keep()
}

// keepForRepair keeps the cloud in which a deployment or a check failed, so
// that it can be looked at and the next `up` goes on from there. An interrupted
// one is not kept.
func (a app) keepForRepair(ctx context.Context, cloud *supervise.Cloud, failure error) error {
	if ctx.Err() != nil {
		return failure
	}
	a.printer.Linef("\nthe cloud keeps running at %s: look at it (make env, make status), then make up again or make down",
		cloud.Record.Endpoint)
	return errors.Join(failure, cloud.Keep())
}

const nextSteps = `
    eval "$(make -s env)"                    # this shell now talks to the sandbox
    pulumi preview -s production             # plain pulumi, nothing to change
    aws --profile production ec2 describe-vpcs
    make status                              # processes, versions, what is simulated
    make down                                # stop everything`

// start builds what is missing and returns the running cloud.
func (a app) start(ctx context.Context, wanted []stacks.Stack) (*supervise.Cloud, stacks.Pulumi, toolchain.Tools, error) {
	began := time.Now()
	tools, err := a.builder.Build(ctx, programDirs(wanted)...)
	if err != nil {
		return nil, stacks.Pulumi{}, tools, err
	}
	a.printer.Record("build", time.Since(began))
	cloud, pulumi, err := a.startCloud(ctx, tools)
	return cloud, pulumi, tools, err
}

// startCloud starts the emulator under a supervisor, or finds it running.
func (a app) startCloud(ctx context.Context, tools toolchain.Tools) (*supervise.Cloud, stacks.Pulumi, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, stacks.Pulumi{}, err
	}
	var cloud *supervise.Cloud
	err = a.printer.Step("cloud", "start the AWS emulator (moto)", "10 s", a.layout.LogFile("cloud"), func(log io.Writer) error {
		var err error
		if cloud, err = supervise.Start(a.layout, self, "supervise", tools.Moto); err != nil {
			return err
		}
		known := cloud.Record
		known.Subscriber = hostOf(known.Subscriber) // the rest is a secret
		if _, err := fmt.Fprintf(log, "%+v\n", known); err != nil {
			return err
		}
		if err := shellenv.WriteProfiles(ctx, a.layout, cloud.Record.Endpoint); err != nil {
			return err
		}
		return subscriber.Seed(ctx, a.layout.Root, cloud.Record.Endpoint, cloud.Record.Subscriber)
	})
	if err != nil {
		return nil, stacks.Pulumi{}, err
	}
	pulumi := stacks.Pulumi{Layout: a.layout, Record: cloud.Record, Path: tools.Pulumi}
	return cloud, pulumi, pulumi.Prepare()
}

// startClusters starts the Kubernetes control planes of the environments among the stacks.
func (a app) startClusters(ctx context.Context, cloud *supervise.Cloud, wanted []stacks.Stack) error {
	var environments []string
	for _, stack := range wanted {
		if stack.Project == stacks.Production.Project {
			environments = append(environments, stack.Name)
		}
	}
	if len(environments) == 0 {
		return nil
	}
	what := "start etcd and the Kubernetes API servers of " + strings.Join(environments, ", ")
	return a.printer.Step("kubernetes", what, "20 s", a.layout.LogFile("kubernetes"), func(io.Writer) error {
		return cloud.Record.StartClusters(ctx, environments...)
	})
}

// programDirs lists the projects of the stacks, each once.
func programDirs(wanted []stacks.Stack) []string {
	var dirs []string
	for _, stack := range wanted {
		if !slices.Contains(dirs, stack.Dir) {
			dirs = append(dirs, stack.Dir)
		}
	}
	return dirs
}

func stackNames(list []stacks.Stack) []string {
	names := make([]string, len(list))
	for i, stack := range list {
		names[i] = stack.Name
	}
	return names
}

// parseStacks finds the stacks with the given names, in the order in which
// they are deployed.
func parseStacks(names []string) ([]stacks.Stack, error) {
	var wanted []stacks.Stack
	for _, stack := range stacks.Known {
		if slices.Contains(names, stack.Name) {
			wanted = append(wanted, stack)
		}
	}
	for _, name := range names {
		if !slices.Contains(stackNames(stacks.Known), name) {
			return nil, fmt.Errorf("--stacks: %q is not a stack, want some of %s",
				name, strings.Join(stackNames(stacks.Known), ", "))
		}
	}
	return wanted, nil
}
