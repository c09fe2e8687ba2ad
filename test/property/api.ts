import { dirname, join } from "node:path";
import * as ts from "typescript";

const INDEX = join(__dirname, "..", "..", "lib", "index.ts");

/** The parts of the public API that an app is written with, by name. */
export interface Api {
  /** The props of each interface (those of behaviour, `IImage`, left out), with the name of their type. */
  readonly interfaces: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The members of each enumeration, by value. */
  readonly enums: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** What can be called or read, such as `Image`, `ImageSource.fromUrl` or `DiskFormat.RAW`, with the types of the parameters. */
  readonly callables: ReadonlyMap<string, readonly string[]>;
}

/** The API as TypeScript declares it. */
export function publicApi(): Api {
  const { config } = ts.readConfigFile(join(dirname(dirname(INDEX)), "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(dirname(INDEX)));
  const program = ts.createProgram([INDEX], { ...options, noEmit: true });
  return new Reader(program.getTypeChecker()).read(program.getSourceFile(INDEX) as ts.SourceFile);
}

class Reader implements Api {
  readonly interfaces = new Map<string, Map<string, string>>();
  readonly enums = new Map<string, Map<string, string>>();
  readonly callables = new Map<string, string[]>();

  constructor(private readonly checker: ts.TypeChecker) {}

  read(index: ts.SourceFile): Api {
    const module = this.checker.getSymbolAtLocation(index) as ts.Symbol;
    for (const exported of this.checker.getExportsOfModule(module)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(exported) : exported;
      if (symbol.flags & ts.SymbolFlags.Interface && !/^I[A-Z]/.test(symbol.name)) this.addInterface(symbol);
      if (symbol.flags & ts.SymbolFlags.Enum) this.addEnum(symbol);
      if (symbol.flags & ts.SymbolFlags.Class) this.addClass(symbol);
    }
    return this;
  }

  private addInterface(symbol: ts.Symbol): void {
    const props = this.checker.getDeclaredTypeOfSymbol(symbol).getProperties();
    this.interfaces.set(symbol.name, new Map(props.map((prop) => [prop.name, this.typeName(prop)])));
  }

  private addEnum(symbol: ts.Symbol): void {
    const members = [...(symbol.exports?.values() ?? [])].map(({ name, valueDeclaration }) => {
      const value = this.checker.getConstantValue(valueDeclaration as ts.EnumMember);
      return [String(value), name] as const;
    });
    this.enums.set(symbol.name, new Map(members));
  }

  private addClass(symbol: ts.Symbol): void {
    const declaration = symbol.valueDeclaration as ts.ClassDeclaration;
    const isAbstract = declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword);
    for (const member of declaration.members) {
      const hidden = ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected);
      const name = member.name?.getText() ?? "";
      if (hidden || ts.getJSDocTags(member).some(({ tagName }) => tagName.text === "internal")) continue;
      const isStatic = ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static;
      if (ts.isConstructorDeclaration(member) && !isAbstract) this.addCallable(symbol.name, member);
      else if (ts.isMethodDeclaration(member) && !/^is[A-Z]/.test(name))
        this.addCallable(`${symbol.name}.${name}`, member);
      else if (ts.isPropertyDeclaration(member) && isStatic) this.callables.set(`${symbol.name}.${name}`, []);
    }
  }

  private addCallable(path: string, { parameters }: ts.SignatureDeclarationBase): void {
    this.callables.set(
      path,
      parameters.map((parameter) => this.typeName(this.checker.getSymbolAtLocation(parameter.name) as ts.Symbol)),
    );
  }

  /** Of a list the type of its elements; of what may be missing the type that it has otherwise. */
  private typeName(symbol: ts.Symbol): string {
    const type = this.checker.getNonNullableType(this.checker.getTypeOfSymbol(symbol));
    const [element] = this.checker.isArrayType(type) ? this.checker.getTypeArguments(type as ts.TypeReference) : [type];
    return this.checker.typeToString(element);
  }
}
