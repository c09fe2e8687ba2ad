package main

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// completion says what an attribute becomes, given what is there now.
type completion func(attribute *tfprotov5.SchemaAttribute, now tftypes.Value, path string) tftypes.Value

// unknownWhereNull is what a plan shows: computed attributes that nobody set are known after apply.
func unknownWhereNull(attribute *tfprotov5.SchemaAttribute, now tftypes.Value, _ string) tftypes.Value {
	if attribute.Computed && now.IsNull() {
		return tftypes.NewValue(attribute.Type, tftypes.UnknownValue)
	}
	return now
}

// madeUpWhereUnknown is what an apply returns. The same seed gives the same values on every machine.
func madeUpWhereUnknown(seed string) completion {
	return func(attribute *tfprotov5.SchemaAttribute, now tftypes.Value, path string) tftypes.Value {
		if !now.IsKnown() {
			return madeUp(attribute.Type, attribute.Name, seed+path)
		}
		return now
	}
}

// madeUpWhereNull is what reading a data source returns. The provider is written with an SDK that lets it set arguments
// which its schema does not call computed (the disk of a flavor), so every attribute gets a value.
func madeUpWhereNull(seed string) completion {
	return func(attribute *tfprotov5.SchemaAttribute, now tftypes.Value, path string) tftypes.Value {
		if now.IsNull() {
			return madeUp(attribute.Type, attribute.Name, seed+path)
		}
		return now
	}
}

// complete applies a completion to every attribute of a block and of the blocks in it.
func complete(block *tfprotov5.SchemaBlock, value tftypes.Value, path string, with completion) (tftypes.Value, error) {
	if value.IsNull() || !value.IsKnown() {
		return value, nil
	}
	var fields map[string]tftypes.Value
	if err := value.As(&fields); err != nil {
		return value, err
	}
	for _, attribute := range block.Attributes {
		fields[attribute.Name] = with(attribute, fields[attribute.Name], path+"."+attribute.Name)
	}
	for _, nested := range block.BlockTypes {
		completed, err := completeNested(nested, fields[nested.TypeName], path+"."+nested.TypeName, with)
		if err != nil {
			return value, err
		}
		fields[nested.TypeName] = completed
	}
	return tftypes.NewValue(value.Type(), fields), nil
}

func completeNested(nested *tfprotov5.SchemaNestedBlock, value tftypes.Value, path string, with completion) (tftypes.Value, error) {
	if nested.Nesting == tfprotov5.SchemaNestedBlockNestingModeSingle {
		return complete(nested.Block, value, path, with)
	}
	if value.IsNull() || !value.IsKnown() {
		return value, nil
	}
	var elements []tftypes.Value
	if err := value.As(&elements); err != nil {
		return value, err
	}
	for index, element := range elements {
		completed, err := complete(nested.Block, element, fmt.Sprintf("%s[%d]", path, index), with)
		if err != nil {
			return value, err
		}
		elements[index] = completed
	}
	return tftypes.NewValue(value.Type(), elements), nil
}

func madeUp(valueType tftypes.Type, name, seed string) tftypes.Value {
	switch typed := valueType.(type) {
	case tftypes.List:
		return tftypes.NewValue(valueType, []tftypes.Value{madeUp(typed.ElementType, name, seed)})
	case tftypes.Set:
		return tftypes.NewValue(valueType, []tftypes.Value{madeUp(typed.ElementType, name, seed)})
	case tftypes.Map:
		return tftypes.NewValue(valueType, map[string]tftypes.Value{})
	case tftypes.Object:
		fields := map[string]tftypes.Value{}
		for field, fieldType := range typed.AttributeTypes {
			fields[field] = madeUp(fieldType, field, seed+"."+field)
		}
		return tftypes.NewValue(valueType, fields)
	}
	switch {
	case valueType.Is(tftypes.Bool):
		return tftypes.NewValue(valueType, false)
	case valueType.Is(tftypes.Number):
		// Large enough to be the disk or the memory of a flavor that every image fits.
		return tftypes.NewValue(valueType, 65536)
	}
	hash := fmt.Sprintf("%x", sha256.Sum256([]byte(seed)))
	switch {
	case name == "id" || name == "ids" || strings.HasSuffix(name, "_id"):
		return tftypes.NewValue(valueType,
			fmt.Sprintf("%s-%s-4%s-8%s-%s", hash[:8], hash[8:12], hash[13:16], hash[17:20], hash[20:32]))
	case strings.HasSuffix(name, "_at"):
		return tftypes.NewValue(valueType, "2026-01-01T00:00:00Z")
	}
	return tftypes.NewValue(valueType, "made-up-"+hash[:8])
}
