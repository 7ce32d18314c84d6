package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"aws-platform/sandbox/internal/shellenv"
	"aws-platform/sandbox/internal/stacks"
	"aws-platform/sandbox/internal/verify"
)

func verifyCommand() *cobra.Command {
	var names []string
	var brief bool
	command := &cobra.Command{
		Use:   "verify",
		Short: "Look at the local cloud from outside, with the AWS CLI and kubectl",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			wanted, err := parseStacks(names)
			if err != nil {
				return err
			}
			a, pulumi, err := running(command)
			if err != nil {
				return err
			}
			return a.verifyStep(command.Context(), pulumi, wanted, brief)
		},
	}
	command.Flags().BoolVar(&brief, "brief", false, "leave out what watches environments and secures accounts")
	command.Flags().StringSliceVar(&names, "stacks", stackNames(stacks.Default), "stacks that are deployed")
	return command
}

// verifyStep judges the given stacks, briefly or wholly, and prints a line a check.
func (a app) verifyStep(ctx context.Context, pulumi stacks.Pulumi, wanted []stacks.Stack, brief bool) error {
	tools, err := a.builder.Find()
	if err != nil {
		return err
	}
	matrix, err := a.matrix()
	if err != nil {
		return err
	}
	questions, err := a.questions()
	if err != nil {
		return err
	}
	environments, checks := demands(wanted, matrix, brief)
	collector := verify.Collector{
		Path:    tools.AWS,
		Kubectl: tools.Kubectl, Questions: questions, Brief: brief,
		Environ: shellenv.For(a.layout, pulumi.Record.Endpoint).Apply(os.Environ()),
	}
	var estate verify.Estate
	var found []verify.Account
	accounts := accountsOf(wanted)
	what := "ask the AWS CLI and kubectl what there is in " + strings.Join(union(environments, accounts), ", ")
	err = a.printer.Step("verify", what, "20 s", a.layout.LogFile("verify"), func(log io.Writer) error {
		var err error
		if estate, err = collector.Collect(ctx, environments...); err != nil {
			return err
		}
		if found, err = collector.CollectAccounts(ctx, accounts...); err == nil {
			_, err = fmt.Fprintf(log, "%s\n%+v\n%+v\n", time.Now().Format(time.RFC3339), estate, found)
		}
		return err
	})
	if err != nil {
		return err
	}
	var results []verify.Result
	if len(environments) > 0 {
		results = verify.Run(estate, checks)
	}
	if len(accounts) > 0 {
		results = append(results, verify.RunAccounts(found, accountDemands(brief))...)
	}
	a.printer.Linef("\n%s", report(results))
	if verify.Failed(results) {
		return errShown
	}
	return nil
}

// accountsOf are the environments whose accounts are among the stacks.
func accountsOf(wanted []stacks.Stack) []string {
	var environments []string
	for _, stack := range wanted {
		if stack.Project == stacks.AccountProject {
			environments = append(environments, strings.TrimPrefix(stack.Name, "account-"))
		}
	}
	return environments
}

// union are the texts of both lists, sorted, each once.
func union(a, b []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(a, b))))
}

// matrix reads the rules of the security groups from the page that the program
// writes about them.
func (a app) matrix() ([]verify.Rule, error) {
	page, err := os.ReadFile(filepath.Join(a.layout.Root, "docs", "network.md"))
	if err != nil {
		return nil, err
	}
	return verify.ParseMatrix(string(page))
}

// questions are who may do what in a cluster.
func (a app) questions() ([]verify.Question, error) {
	text, err := os.ReadFile(filepath.Join(a.layout.Root, "tests", "testdata", "access-cases.yaml"))
	if err != nil {
		return nil, err
	}
	return verify.ParseQuestions(string(text))
}

// demands are the environments among the stacks and the checks that apply: those
// of the peering only when that is deployed too, and those of what serves only
// when one of the environments does.
func demands(wanted []stacks.Stack, matrix []verify.Rule, brief bool) ([]string, []verify.Check) {
	var environments []string
	checks := slices.Concat(verify.NetworkChecks(), verify.StoreChecks(), verify.ClusterChecks())
	if !brief {
		checks = append(checks, verify.OperationsChecks()...)
	}
	if slices.ContainsFunc(wanted, func(s stacks.Stack) bool { return verify.Serves(s.Name) }) {
		checks = append(checks, verify.ServingChecks()...)
	}
	for _, stack := range wanted {
		switch stack {
		case stacks.Peering:
			peering := verify.PeeringChecks(stacks.Production.Name, stacks.ProductionPCI.Name)
			checks = slices.Concat(peering, verify.MatrixChecks(matrix), checks)
		default:
			if stack.Project != stacks.AccountProject {
				environments = append(environments, stack.Name)
			}
		}
	}
	return environments, checks
}

// accountDemands are the checks of accounts.
func accountDemands(brief bool) []verify.AccountCheck {
	if brief {
		return verify.AccountChecks()
	}
	return slices.Concat(verify.AccountChecks(), verify.BaselineChecks())
}

// report words the results: a line a check with a tick or a cross, and below a
// cross what was found and what was wanted.
func report(results []verify.Result) string {
	var out strings.Builder
	width := 0
	for _, result := range results {
		width = max(width, len(result.Check))
	}
	for _, result := range results {
		mark := "✓"
		if !result.OK() {
			mark = "✗"
		}
		fmt.Fprintf(&out, "  %s %-*s  %d looked at\n", mark, width, result.Check, result.Looked)
		for _, finding := range result.Findings {
			fmt.Fprintf(&out, "      %s\n", finding)
		}
	}
	return strings.TrimRight(out.String(), "\n")
}
