package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type schemaFile struct {
	ProviderSchemas map[string]struct {
		Provider          jsonSchema            `json:"provider"`
		ResourceSchemas   map[string]jsonSchema `json:"resource_schemas"`
		DataSourceSchemas map[string]jsonSchema `json:"data_source_schemas"`
	} `json:"provider_schemas"`
}

type jsonSchema struct {
	Version int64     `json:"version"`
	Block   jsonBlock `json:"block"`
}

type jsonBlock struct {
	Attributes map[string]struct {
		Type       json.RawMessage `json:"type"`
		Required   bool            `json:"required"`
		Optional   bool            `json:"optional"`
		Computed   bool            `json:"computed"`
		Sensitive  bool            `json:"sensitive"`
		Deprecated bool            `json:"deprecated"`
	} `json:"attributes"`
	BlockTypes map[string]struct {
		Block       jsonBlock `json:"block"`
		NestingMode string    `json:"nesting_mode"`
		MinItems    int64     `json:"min_items"`
		MaxItems    int64     `json:"max_items"`
	} `json:"block_types"`
	Deprecated bool `json:"deprecated"`
}

var nestingModes = map[string]tfprotov5.SchemaNestedBlockNestingMode{
	"single": tfprotov5.SchemaNestedBlockNestingModeSingle,
	"list":   tfprotov5.SchemaNestedBlockNestingModeList,
	"set":    tfprotov5.SchemaNestedBlockNestingModeSet,
}

// readSchema returns the address and the schema of the one provider that the file describes.
func readSchema(path string) (string, *tfprotov5.GetProviderSchemaResponse, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return "", nil, err
	}
	var file schemaFile
	if err := json.Unmarshal(content, &file); err != nil {
		return "", nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(file.ProviderSchemas) != 1 {
		return "", nil, fmt.Errorf("%s describes %d providers, expected one", path, len(file.ProviderSchemas))
	}
	for address, provider := range file.ProviderSchemas {
		configuration, err := provider.Provider.convert()
		if err != nil {
			return "", nil, fmt.Errorf("provider: %w", err)
		}
		resources, err := convertAll(provider.ResourceSchemas)
		if err != nil {
			return "", nil, err
		}
		dataSources, err := convertAll(provider.DataSourceSchemas)
		if err != nil {
			return "", nil, err
		}
		return address, &tfprotov5.GetProviderSchemaResponse{
			Provider:          configuration,
			ResourceSchemas:   resources,
			DataSourceSchemas: dataSources,
		}, nil
	}
	panic("unreachable: the map has one entry")
}

func convertAll(schemas map[string]jsonSchema) (map[string]*tfprotov5.Schema, error) {
	converted := map[string]*tfprotov5.Schema{}
	for name, schema := range schemas {
		result, err := schema.convert()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		converted[name] = result
	}
	return converted, nil
}

func (s jsonSchema) convert() (*tfprotov5.Schema, error) {
	block, err := s.Block.convert()
	return &tfprotov5.Schema{Version: s.Version, Block: block}, err
}

func (b jsonBlock) convert() (*tfprotov5.SchemaBlock, error) {
	block := &tfprotov5.SchemaBlock{Deprecated: b.Deprecated}
	for name, attribute := range b.Attributes {
		// Deprecated, because Terraform's type notation is not part of the protocol; here it is what the file holds.
		valueType, err := tftypes.ParseJSONType(attribute.Type) //nolint:staticcheck
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		block.Attributes = append(block.Attributes, &tfprotov5.SchemaAttribute{
			Name:       name,
			Type:       valueType,
			Required:   attribute.Required,
			Optional:   attribute.Optional,
			Computed:   attribute.Computed,
			Sensitive:  attribute.Sensitive,
			Deprecated: attribute.Deprecated,
		})
	}
	for name, nested := range b.BlockTypes {
		mode, known := nestingModes[nested.NestingMode]
		if !known {
			return nil, fmt.Errorf("%s: unknown nesting mode %q", name, nested.NestingMode)
		}
		inner, err := nested.Block.convert()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		block.BlockTypes = append(block.BlockTypes, &tfprotov5.SchemaNestedBlock{
			TypeName: name,
			Block:    inner,
			Nesting:  mode,
			MinItems: nested.MinItems,
			MaxItems: nested.MaxItems,
		})
	}
	return block, nil
}
