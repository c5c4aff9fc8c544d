Console.WriteLine("list: no benchmark yet"); return 0;
