package main

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// server answers what Terraform Core asks of a provider that has resources and data sources only. The embedded interface
// stays nil: it stands for functions, ephemeral resources and moves between types, which are never announced and so never
// asked for. Core has checked a configuration against the schema before it is handed over; the validations that a schema
// cannot express (enumerations, conflicts) exist in the real provider alone.
type server struct {
	tfprotov5.ProviderServer
	schema *tfprotov5.GetProviderSchemaResponse
}

func (s *server) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	return s.schema, nil
}

func (s *server) GetMetadata(context.Context, *tfprotov5.GetMetadataRequest) (*tfprotov5.GetMetadataResponse, error) {
	metadata := &tfprotov5.GetMetadataResponse{}
	for name := range s.schema.ResourceSchemas {
		metadata.Resources = append(metadata.Resources, tfprotov5.ResourceMetadata{TypeName: name})
	}
	for name := range s.schema.DataSourceSchemas {
		metadata.DataSources = append(metadata.DataSources, tfprotov5.DataSourceMetadata{TypeName: name})
	}
	return metadata, nil
}

func (s *server) GetResourceIdentitySchemas(context.Context, *tfprotov5.GetResourceIdentitySchemasRequest) (*tfprotov5.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov5.GetResourceIdentitySchemasResponse{}, nil
}

func (s *server) GetFunctions(context.Context, *tfprotov5.GetFunctionsRequest) (*tfprotov5.GetFunctionsResponse, error) {
	return &tfprotov5.GetFunctionsResponse{}, nil
}

func (s *server) PrepareProviderConfig(_ context.Context, request *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: request.Config}, nil
}

func (s *server) ConfigureProvider(context.Context, *tfprotov5.ConfigureProviderRequest) (*tfprotov5.ConfigureProviderResponse, error) {
	return &tfprotov5.ConfigureProviderResponse{}, nil
}

func (s *server) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

func (s *server) ValidateResourceTypeConfig(context.Context, *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	return &tfprotov5.ValidateResourceTypeConfigResponse{}, nil
}

func (s *server) ValidateDataSourceConfig(context.Context, *tfprotov5.ValidateDataSourceConfigRequest) (*tfprotov5.ValidateDataSourceConfigResponse, error) {
	return &tfprotov5.ValidateDataSourceConfigResponse{}, nil
}

func (s *server) UpgradeResourceState(_ context.Context, request *tfprotov5.UpgradeResourceStateRequest) (*tfprotov5.UpgradeResourceStateResponse, error) {
	valueType := s.schema.ResourceSchemas[request.TypeName].ValueType()
	value, err := request.RawState.Unmarshal(valueType)
	if err != nil {
		return nil, err
	}
	state, err := tfprotov5.NewDynamicValue(valueType, value)
	return &tfprotov5.UpgradeResourceStateResponse{UpgradedState: &state}, err
}

func (s *server) ReadResource(_ context.Context, request *tfprotov5.ReadResourceRequest) (*tfprotov5.ReadResourceResponse, error) {
	return &tfprotov5.ReadResourceResponse{NewState: request.CurrentState, Private: request.Private}, nil
}

func (s *server) PlanResourceChange(_ context.Context, request *tfprotov5.PlanResourceChangeRequest) (*tfprotov5.PlanResourceChangeResponse, error) {
	schema := s.schema.ResourceSchemas[request.TypeName]
	planned, err := completed(schema, request.ProposedNewState, unknownWhereNull)
	if err != nil {
		return nil, err
	}
	before, err := request.PriorState.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, err
	}
	// What is proposed, not what is planned: a computed attribute that becomes known after apply was not changed by anybody.
	after, err := request.ProposedNewState.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, err
	}
	paths, err := requiresReplace(request.TypeName, before, after)
	return &tfprotov5.PlanResourceChangeResponse{PlannedState: planned, RequiresReplace: paths}, err
}

func (s *server) ApplyResourceChange(_ context.Context, request *tfprotov5.ApplyResourceChangeRequest) (*tfprotov5.ApplyResourceChangeResponse, error) {
	seed := request.TypeName + string(request.PlannedState.MsgPack)
	state, err := completed(s.schema.ResourceSchemas[request.TypeName], request.PlannedState, madeUpWhereUnknown(seed))
	return &tfprotov5.ApplyResourceChangeResponse{NewState: state}, err
}

// ImportResourceState knows of a resource that does not exist nothing but its id.
func (s *server) ImportResourceState(_ context.Context, request *tfprotov5.ImportResourceStateRequest) (*tfprotov5.ImportResourceStateResponse, error) {
	valueType, isObject := s.schema.ResourceSchemas[request.TypeName].ValueType().(tftypes.Object)
	if !isObject {
		return nil, fmt.Errorf("the schema of %s is not an object", request.TypeName)
	}
	fields := map[string]tftypes.Value{}
	for name, fieldType := range valueType.AttributeTypes {
		fields[name] = tftypes.NewValue(fieldType, nil)
	}
	fields["id"] = tftypes.NewValue(tftypes.String, request.ID)
	state, err := tfprotov5.NewDynamicValue(valueType, tftypes.NewValue(valueType, fields))
	imported := &tfprotov5.ImportedResource{TypeName: request.TypeName, State: &state}
	return &tfprotov5.ImportResourceStateResponse{ImportedResources: []*tfprotov5.ImportedResource{imported}}, err
}

func (s *server) ReadDataSource(_ context.Context, request *tfprotov5.ReadDataSourceRequest) (*tfprotov5.ReadDataSourceResponse, error) {
	seed := request.TypeName + string(request.Config.MsgPack)
	state, err := completed(s.schema.DataSourceSchemas[request.TypeName], request.Config, madeUpWhereNull(seed))
	return &tfprotov5.ReadDataSourceResponse{State: state}, err
}

func completed(schema *tfprotov5.Schema, encoded *tfprotov5.DynamicValue, with completion) (*tfprotov5.DynamicValue, error) {
	value, err := encoded.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, err
	}
	value, err = complete(schema.Block, value, "", with)
	if err != nil {
		return nil, err
	}
	result, err := tfprotov5.NewDynamicValue(schema.ValueType(), value)
	return &result, err
}
