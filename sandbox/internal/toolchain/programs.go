package toolchain

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"aws-platform/sandbox/internal/languagehost"
)

// programs compiles the Pulumi programs ahead of the engine, which would be
// silent meanwhile: the AWS SDK takes minutes from an empty cache.
func (b *Builder) programs(ctx context.Context, dirs []string) error {
	if err := os.Setenv(languagehost.CacheVariable, b.Layout.Programs()); err != nil {
		return err
	}
	for _, dir := range dirs {
		source := filepath.Join(b.Layout.Root, dir)
		target, err := languagehost.ProgramPath(source)
		if err != nil {
			return err
		}
		usually := "5 s"
		if _, err := os.Stat(target); errors.Is(err, os.ErrNotExist) {
			usually = "2 min from an empty cache"
		}
		log := b.Layout.LogFile("build-" + filepath.Base(target))
		err = b.Printer.Step("program "+dir, "compile the Pulumi program in "+dir, usually, log, func(log io.Writer) error {
			return languagehost.Build(ctx, source, target, log)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
