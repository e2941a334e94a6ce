// Prints a Helm chart as Kubernetes would get it, where there is no helm: Go's own templates with the functions that Helm adds.
// usage: render-chart CHART [VALUES.yaml...]
// It is for checks: it knows what the chart here needs, and stops at anything else.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"gopkg.in/yaml.v3"
)

type values = map[string]interface{}

func read(path string, into *values) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return yaml.Unmarshal(text, into)
}

// Puts the second over the first, as Helm does: maps are merged, all else is replaced.
func merge(base, over values) {
	for key, value := range over {
		below, isMap := base[key].(values)
		above, alsoMap := value.(values)
		if isMap && alsoMap {
			merge(below, above)
		} else {
			base[key] = value
		}
	}
}

func functions(templates *template.Template) template.FuncMap {
	all := sprig.TxtFuncMap()
	all["include"] = func(name string, data interface{}) (string, error) {
		var text bytes.Buffer
		err := templates.ExecuteTemplate(&text, name, data)
		return text.String(), err
	}
	all["toYaml"] = func(value interface{}) (string, error) {
		var text bytes.Buffer
		out := yaml.NewEncoder(&text)
		out.SetIndent(2)
		err := out.Encode(value)
		return strings.TrimSuffix(text.String(), "\n"), err
	}
	all["required"] = func(why string, value interface{}) (interface{}, error) {
		if value == nil || value == "" {
			return nil, errors.New(why)
		}
		return value, nil
	}
	return all
}

func render(chart string, overs []string) error {
	var about values
	settings := values{}
	if err := read(filepath.Join(chart, "Chart.yaml"), &about); err != nil {
		return err
	}
	for _, path := range append([]string{filepath.Join(chart, "values.yaml")}, overs...) {
		var over values
		if err := read(path, &over); err != nil {
			return err
		}
		merge(settings, over)
	}
	templates := template.New("chart").Option("missingkey=error")
	templates.Funcs(functions(templates))
	paths, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	if err != nil {
		return err
	}
	sort.Strings(paths)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if _, err := templates.New(filepath.Base(path)).Parse(string(text)); err != nil {
			return err
		}
	}
	data := values{
		"Values":  settings,
		"Chart":   values{"Name": about["name"], "Version": about["version"], "AppVersion": about["appVersion"]},
		"Release": values{"Name": "chat", "Namespace": "default", "Service": "Helm"},
	}
	for _, path := range paths {
		if filepath.Ext(path) != ".yaml" {
			continue
		}
		var text bytes.Buffer
		if err := templates.ExecuteTemplate(&text, filepath.Base(path), data); err != nil {
			return err
		}
		if strings.TrimSpace(text.String()) != "" {
			fmt.Printf("---\n# %s\n%s\n", filepath.Base(path), strings.TrimSpace(text.String()))
		}
	}
	return nil
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: render-chart CHART [VALUES.yaml...]")
		os.Exit(2)
	}
	if err := render(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
